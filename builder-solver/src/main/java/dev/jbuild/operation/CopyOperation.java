package dev.jbuild.operation;

import dev.jbuild.cache.Read;
import dev.jbuild.context.BuildContext;
import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.copy.CopyPlan;
import dev.jbuild.copy.CopyReads;
import dev.jbuild.copy.CopyRequest;
import dev.jbuild.copy.CopyRules;
import dev.jbuild.copy.CopySource;
import dev.jbuild.copy.ModeChange;
import dev.jbuild.copy.SourceTree;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Operation.CopyOptions;
import dev.jbuild.graph.Operation.Source;
import dev.jbuild.graph.Vertex;
import dev.jbuild.layer.ReadManifest;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.snapshot.LayerStore.Form;
import dev.jbuild.user.Owner;
import dev.jbuild.user.UserDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
        var all = new ArrayList<Read>();
        reads.reads().forEach(read -> all.add(new Read(read.path(), read.contentDigest())));
        if (copy.accounts() != null) {
            // Who that is decides, not the rest of the account files.
            Owner owner = owner(copy, inputs);
            all.add(new Read(
                    ByteString.of("--chown=" + copy.options().owner()),
                    Digest.ofBytes(String.valueOf(owner).getBytes(StandardCharsets.UTF_8))));
        }
        return all;
    }

    ReadManifest manifest(Operation.Copy copy, Inputs inputs) throws IOException, InterruptedException {
        return CopyReads.manifest(request(copy, inputs, null));
    }

    Layer copy(Operation.Copy copy, Inputs inputs, Form form) throws IOException, InterruptedException {
        RootfsTree below = RootfsTree.open(store, inputs.base());
        CopyRequest request = request(copy, inputs, owner(copy, inputs));
        try (CopyPlan plan = CopyPlan.of(request, below.files(), store::newScratchFile)) {
            return store.create(plan.index(), plan, form);
        }
    }

    Layer makeDirectory(Operation.MakeDirectory make, Rootfs base, Form form) throws IOException, InterruptedException {
        RootfsTree below = RootfsTree.open(store, base);
        Owner owner = make.user().isEmpty()
                ? Owner.ROOT
                : below.users().resolveUser(ByteString.of(make.user())).owner();
        Timestamp created = created(make.created());
        try (CopyPlan plan = CopyPlan.ofWorkingDirectory(ByteString.of(make.path()), owner, created, below.files())) {
            return store.create(plan.index(), plan, form);
        }
    }

    private CopyRequest request(Operation.Copy copy, Inputs inputs, @Nullable Owner owner)
            throws IOException, InterruptedException {
        var sources = new ArrayList<CopySource>();
        for (Source source : copy.sources()) {
            sources.add(source(source, inputs));
        }
        CopyOptions options = copy.options();
        var rules = new CopyRules(
                owner,
                options.mode() == null ? null : ModeChange.parse(options.mode()),
                options.unpack(),
                options.parents(),
                IgnorePatterns.of(
                        options.excludes().stream().map(ByteString::of).toList()),
                options.created() == null ? null : created(options.created()));
        return new CopyRequest(
                sources,
                ByteString.of(copy.destination()),
                ByteString.of(copy.directory()),
                rules,
                created(options.created()));
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
            case Source.OneFile(Vertex vertex, String name, boolean unpack) -> {
                RootfsTree tree = RootfsTree.open(store, inputs.of(vertex));
                String description = "'" + vertex.label().name() + "'";
                yield new CopySource.OneFile(
                        new SourceTree(description, tree.files(), tree), ByteString.of(name), unpack);
            }
            case Source.Inline(String name, String text) ->
                new CopySource.Inline(ByteString.of(name), ByteString.of(text));
        };
    }

    private @Nullable Owner owner(Operation.Copy copy, Inputs inputs) throws IOException, InterruptedException {
        @Nullable String owner = copy.options().owner();
        if (owner == null) {
            return null;
        }
        ByteString name = ByteString.of(owner);
        if (UserDatabase.isNumeric(name)) {
            return UserDatabase.parse(null, null).resolveOwner(name);
        }
        Rootfs accounts = copy.accounts() == null ? inputs.base() : inputs.of(copy.accounts());
        return RootfsTree.open(store, accounts).users().resolveOwner(name);
    }

    /// Directories that a step makes have no time in any source: they were made now, unless the build has a time.
    private static Timestamp created(@Nullable Instant epoch) {
        return new Timestamp(epoch == null ? System.currentTimeMillis() / 1000 : epoch.getEpochSecond(), 0);
    }
}
