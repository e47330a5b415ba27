package dev.jbuild.operation;

import dev.jbuild.cache.Read;
import dev.jbuild.git.GitCheckout;
import dev.jbuild.git.GitCommit;
import dev.jbuild.git.GitReference;
import dev.jbuild.git.GitSource;
import dev.jbuild.graph.Operation;
import dev.jbuild.http.Transport;
import dev.jbuild.http.TransportLimits;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.snapshot.LayerStore.Form;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// ADD of a git repository, as far as it is a checkout.
///
/// What is read is the commit that the reference means today: the server is asked in each build, for a whole hash
/// nobody is. Nothing is fetched for a commit whose layer is here.
final class GitOperation implements AutoCloseable {
    private final LayerStore store;
    private final Transport network = new Transport(TransportLimits.DEFAULT);
    private final GitSource source;
    private final Map<Operation.GitCheckout, GitCommit> resolved = new ConcurrentHashMap<>();

    GitOperation(LayerStore store) {
        this.store = store;
        this.source = new GitSource(store::newScratchFile, network);
    }

    List<Read> reads(Operation.GitCheckout checkout) throws IOException, InterruptedException {
        GitReference reference = checkout.reference();
        GitCommit commit = source.resolve(reference);
        resolved.put(checkout, commit);
        Read hash = read("commit " + commit.hash());
        @Nullable String name = commit.name();
        // A `.git` that is kept tells the name, too.
        return reference.keepsGitDirectory() && name != null
                ? List.of(hash, read("ref " + name + " " + (commit.tag() == null ? commit.hash() : commit.tag())))
                : List.of(hash);
    }

    private static Read read(String what) {
        return new Read(ByteString.of(what), Digest.ofBytes(what.getBytes(StandardCharsets.UTF_8)));
    }

    Layer run(Operation.GitCheckout checkout, Form form) throws IOException, InterruptedException {
        @Nullable GitCommit commit = resolved.get(checkout);
        if (commit == null) {
            throw new IllegalStateException(
                    "nobody asked what is read: " + checkout.reference().shown());
        }
        try (GitCheckout tree = source.checkout(checkout.reference(), commit)) {
            return store.create(tree.index(), tree, form);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
