package dev.jbuild.operation;

import dev.jbuild.cache.Read;
import dev.jbuild.context.BuildContext;
import dev.jbuild.copy.CopyPlan;
import dev.jbuild.copy.CopyReads;
import dev.jbuild.copy.CopyRequest;
import dev.jbuild.copy.CopySource;
import dev.jbuild.copy.ModeChange;
import dev.jbuild.copy.SourceTree;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Operation.Source;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.snapshot.LayerStore.Form;
import dev.jbuild.user.Owner;
import dev.jbuild.user.UserDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// COPY, ADD and WORKDIR: arithmetic on trees. No file system of an image is opened for the destination.
final class CopyOperation {
    private final LayerStore store;
    private final Contexts contexts;

    CopyOperation(LayerStore store, Contexts contexts) {
        this.store = store;
        this.contexts = contexts;
    }

    List<Read> reads(Operation.Copy copy, Inputs inputs, Consumer<String> warnings)
            throws IOException, InterruptedException {
        CopyReads reads = CopyReads.of(request(copy, inputs, null));
        reads.warnings().forEach(warning -> warnings.accept(warning.message()));
        return reads.reads().stream()
                .map(read -> new Read(read.path(), read.contentDigest()))
                .toList();
    }

    Layer copy(Operation.Copy copy, Inputs inputs, Form form) throws IOException, InterruptedException {
        RootfsTree below = RootfsTree.open(store, inputs.base());
        @Nullable Owner owner = copy.owner() == null ? null : owner(copy.owner(), below);
        try (CopyPlan plan = CopyPlan.of(request(copy, inputs, owner), below.files(), store::newScratchFile)) {
            return store.create(plan.index(), plan, form);
        }
    }

    Layer makeDirectory(Operation.MakeDirectory make, Rootfs base, Form form) throws IOException, InterruptedException {
        RootfsTree below = RootfsTree.open(store, base);
        Owner owner = make.user().isEmpty()
                ? Owner.ROOT
                : below.users().resolveUser(ByteString.of(make.user())).owner();
        try (CopyPlan plan = CopyPlan.ofWorkingDirectory(ByteString.of(make.path()), owner, now(), below.files())) {
            return store.create(plan.index(), plan, form);
        }
    }

    private CopyRequest request(Operation.Copy copy, Inputs inputs, @Nullable Owner owner)
            throws IOException, InterruptedException {
        var sources = new ArrayList<CopySource>();
        for (Source source : copy.sources()) {
            sources.add(source(source, inputs));
        }
        return new CopyRequest(
                sources,
                ByteString.of(copy.destination()),
                ByteString.of(copy.directory()),
                owner,
                copy.mode() == null ? null : ModeChange.parse(copy.mode()),
                copy.unpack(),
                now());
    }

    private CopySource source(Source source, Inputs inputs) throws IOException, InterruptedException {
        return switch (source) {
            case Source.FromContext(String name, String pattern) -> {
                BuildContext context = contexts.get(name);
                String description = name.isEmpty() ? "the build context" : "the context '" + name + "'";
                yield new CopySource.InTree(new SourceTree(description, context, context), ByteString.of(pattern));
            }
            case Source.FromVertex from -> {
                RootfsTree tree = RootfsTree.open(store, inputs.of(from.vertex()));
                String description = "'" + from.vertex().label().name() + "'";
                yield new CopySource.InTree(
                        new SourceTree(description, tree.files(), tree), ByteString.of(from.pattern()));
            }
            case Source.Inline(String name, String text) ->
                new CopySource.Inline(ByteString.of(name), ByteString.of(text));
        };
    }

    private static Owner owner(String text, RootfsTree below) throws IOException {
        ByteString name = ByteString.of(text);
        UserDatabase users = UserDatabase.isNumeric(name) ? UserDatabase.parse(null, null) : below.users();
        return users.resolveOwner(name);
    }

    /// Directories that a step makes have no time in any source: they were made now.
    private static Timestamp now() {
        return new Timestamp(System.currentTimeMillis() / 1000, 0);
    }
}
