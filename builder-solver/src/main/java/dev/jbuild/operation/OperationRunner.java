package dev.jbuild.operation;

import dev.jbuild.cache.Read;
import dev.jbuild.context.BuildContext;
import dev.jbuild.context.ContextException;
import dev.jbuild.copy.CopyException;
import dev.jbuild.git.GitException;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Vertex;
import dev.jbuild.layer.ContentDigests;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerException;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.ReadManifest;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.remote.RemoteFileException;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerOrigin;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.user.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does what the vertices of one build say.
public final class OperationRunner implements AutoCloseable {
    private final LayerStore store;
    private final Contexts contexts;
    private final TreeDemand trees;
    private final CopyOperation copies;
    private final RunOperation runs;
    private final DownloadOperation downloads;
    private final GitOperation checkouts;

    /// @param downloads becomes ours
    /// @param trees which vertices' layers will be mounted
    public OperationRunner(
            LayerStore store, Contexts contexts, RunOperation runs, DownloadOperation downloads, TreeDemand trees) {
        this.store = store;
        this.contexts = contexts;
        this.trees = trees;
        this.copies = new CopyOperation(store, contexts);
        this.runs = runs;
        this.downloads = downloads;
        this.checkouts = new GitOperation(store);
    }

    /// Gives up what was downloaded for steps that need not run.
    @Override
    public void close() {
        checkouts.close();
        downloads.close();
    }

    /// {@return the layers of an image, which may not have been fetched yet}
    public List<Layer> layers(Operation.Image image) {
        return image.layers().stream()
                .map(layer -> new Layer(LayerId.ofDiffId(layer.diffId()), new Origin(image, layer.blob())))
                .toList();
    }

    /// {@return what the operation reads beside its base}
    ///
    /// @param warnings told of what is allowed but most likely not meant
    /// @throws StepInputException when a source is not there
    public List<Read> reads(Vertex vertex, Inputs inputs, Consumer<String> warnings)
            throws IOException, InterruptedException {
        return blamed(vertex, () -> readsOf(vertex, inputs, warnings));
    }

    private List<Read> readsOf(Vertex vertex, Inputs inputs, Consumer<String> warnings)
            throws IOException, InterruptedException {
        return switch (vertex.operation()) {
            case Operation.Copy copy -> copies.reads(copy, inputs, warnings);
            case Operation.Directory directory -> {
                BuildContext context = contexts.get(directory.context());
                yield List.of(new Read(ByteString.EMPTY, ContentDigests.ofSubtree(context, root(context))));
            }
            case Operation.Download download -> downloads.reads(download);
            case Operation.GitCheckout checkout -> checkouts.reads(checkout);
            case Operation.Image _, Operation.Run _, Operation.MakeDirectory _, Operation.Stack _ -> List.of();
        };
    }

    /// {@return the files behind [#reads], for explanations; null when it reads none}
    public @Nullable LayerIndex manifest(Vertex vertex, Inputs inputs) throws IOException, InterruptedException {
        return blamed(vertex, () -> manifestOf(vertex, inputs));
    }

    private @Nullable LayerIndex manifestOf(Vertex vertex, Inputs inputs) throws IOException, InterruptedException {
        return switch (vertex.operation()) {
            case Operation.Copy copy -> copies.manifest(copy, inputs).index();
            case Operation.Directory directory -> {
                BuildContext context = contexts.get(directory.context());
                var manifest = new ReadManifest();
                manifest.add(context, root(context));
                yield manifest.index();
            }
            case Operation.Image _,
                    Operation.Download _,
                    Operation.GitCheckout _,
                    Operation.Run _,
                    Operation.MakeDirectory _,
                    Operation.Stack _ -> null;
        };
    }

    private static LayerEntry root(BuildContext context) throws IOException {
        LayerEntry root = context.find(ByteString.EMPTY);
        if (root == null) {
            throw new IllegalStateException("a context without root");
        }
        return root;
    }

    /// {@return the layer that the operation adds to its base}
    ///
    /// @param output where the step prints
    public Layer run(Vertex vertex, Inputs inputs, StepOutput output) throws IOException, InterruptedException {
        return blamed(vertex, () -> make(vertex, inputs, output));
    }

    private Layer make(Vertex vertex, Inputs inputs, StepOutput output) throws IOException, InterruptedException {
        return switch (vertex.operation()) {
            case Operation.Image _, Operation.Stack _ ->
                throw new IllegalArgumentException("nothing to run: " + vertex);
            case Operation.Directory directory -> {
                BuildContext context = contexts.get(directory.context());
                yield store.create(LayerIndex.of(context.allEntries()), context, trees.formOf(vertex));
            }
            case Operation.Download download -> downloads.run(download, trees.formOf(vertex));
            case Operation.GitCheckout checkout -> checkouts.run(checkout, trees.formOf(vertex));
            case Operation.Run run -> runs.run(run, vertex.label(), inputs.base(), output);
            case Operation.Copy copy -> copies.copy(copy, inputs, trees.formOf(vertex));
            case Operation.MakeDirectory make -> copies.makeDirectory(make, inputs.base(), trees.formOf(vertex));
        };
    }

    @FunctionalInterface
    private interface Work<T extends @Nullable Object> {
        T run() throws IOException, InterruptedException;
    }

    /// Does something; what is wrong with the inputs of the step is told with its place.
    private static <T extends @Nullable Object> T blamed(Vertex vertex, Work<T> work)
            throws IOException, InterruptedException {
        try {
            return work.run();
        } catch (CopyException
                | ContextException
                | UserException
                | LayerException
                | GitException
                | RemoteFileException problem) {
            throw new StepInputException(vertex.label(), problem);
        }
    }

    /// A blob of an image in the place where the image is.
    private record Origin(Operation.Image image, Descriptor descriptor) implements LayerOrigin {
        @Override
        public InputStream open() throws IOException, InterruptedException {
            return image.source().open(descriptor);
        }
    }
}
