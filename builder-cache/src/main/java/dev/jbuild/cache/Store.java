package dev.jbuild.cache;

import dev.jbuild.blob.BlobStore;
import dev.jbuild.image.ImageStore;
import dev.jbuild.image.PinStore;
import dev.jbuild.linux.ByteString;
import dev.jbuild.record.BuildRecords;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.state.Committer;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;

/// Everything on disk, opened together and closed in the right order. Opening it costs a few system calls; nothing
/// is written before something is born.
public final class Store implements AutoCloseable {
    private final StateDirectory state;
    private final Committer committer;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final BuildCache cache;
    private final ImageStore images;
    private final PinStore pins;
    private final DownloadMemo downloads;
    private final BuildRecords records;

    private Store(StateDirectory state) {
        this.state = state;
        this.committer = new Committer(state);
        this.blobs = new BlobStore(state, committer);
        this.layers = new LayerStore(state, committer, blobs);
        this.cache = new BuildCache(state, committer, layers);
        this.images = new ImageStore(state, committer);
        this.pins = new PinStore(state, committer);
        this.downloads = new DownloadMemo(state, committer);
        this.records = new BuildRecords(state);
    }

    /// Opens the state directory, and makes it when it is not there.
    ///
    /// @return the caller closes it
    /// @throws dev.jbuild.state.StateException when it belongs to somebody else or cannot be written
    public static Store open(Path root) throws IOException, InterruptedException {
        return new Store(StateDirectory.open(root));
    }

    public StateDirectory state() {
        return state;
    }

    /// {@return what makes the others' results durable; a build [flushes][Committer#flush()] it before it reports
    /// success}
    public Committer committer() {
        return committer;
    }

    public BlobStore blobs() {
        return blobs;
    }

    public LayerStore layers() {
        return layers;
    }

    public BuildCache cache() {
        return cache;
    }

    public ImageStore images() {
        return images;
    }

    public PinStore pins() {
        return pins;
    }

    public DownloadMemo downloads() {
        return downloads;
    }

    /// {@return what earlier builds did}
    public BuildRecords records() {
        return records;
    }

    /// {@return what is known of the files of a build context; the caller saves it when the build is done}
    ///
    /// @param context the absolute path of the context
    public FileDigestMemo digestMemo(ByteString context) throws IOException {
        return FileDigestMemo.open(state, context);
    }

    /// Makes durable what is not yet, and gives up the state directory. No tree may be mounted any more.
    ///
    /// @throws dev.jbuild.state.StateException when something is not durable
    @Override
    public void close() throws IOException {
        try {
            committer.close();
        } finally {
            state.close();
        }
    }
}
