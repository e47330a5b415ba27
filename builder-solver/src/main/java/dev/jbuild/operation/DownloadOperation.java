package dev.jbuild.operation;

import dev.jbuild.cache.DownloadMemo;
import dev.jbuild.cache.Read;
import dev.jbuild.graph.Operation;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Fd;
import dev.jbuild.oci.Digest;
import dev.jbuild.remote.FileAddress;
import dev.jbuild.remote.RemoteFile;
import dev.jbuild.remote.RemoteFiles;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.snapshot.LayerStore.Form;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// ADD of a URL, as far as it is a download.
///
/// A file without a checksum is asked for in each build, on the condition that it is not the one of last time. What
/// came is kept until the layer is made of it, or the build is over: its digest decides whether there is one already.
/// A file with a checksum is asked for only when there is no layer of it.
public final class DownloadOperation implements AutoCloseable {
    /// Stands for the time of the file among what a download reads.
    private static final ByteString MODIFIED = ByteString.of("last-modified");

    private static final int MODE = 0600;
    private static final int ROOT_MODE = 0755;

    private final LayerStore store;
    private final DownloadMemo memo;
    private final RemoteFiles remote;
    private final Map<Operation.Download, RemoteFile> asked = new ConcurrentHashMap<>();
    private final Map<Operation.Download, Fetched> fetched = new ConcurrentHashMap<>();

    /// @param remote becomes ours
    public DownloadOperation(LayerStore store, DownloadMemo memo, RemoteFiles remote) {
        this.store = store;
        this.memo = memo;
        this.remote = remote;
    }

    /// Bytes that are here, in a file of ours.
    private record Fetched(RemoteFile file, Fd bytes) {}

    List<Read> reads(Operation.Download download) throws IOException, InterruptedException {
        FileAddress address = download.address();
        var name = ByteString.of(address.fileName());
        if (download.checksum() != null) {
            return List.of(new Read(name, download.checksum()));
        }
        RemoteFile file = current(download);
        asked.put(download, file);
        byte[] modified = Long.toString(file.modified().getEpochSecond()).getBytes(StandardCharsets.UTF_8);
        return List.of(new Read(name, file.contentDigest()), new Read(MODIFIED, Digest.ofBytes(modified)));
    }

    Layer run(Operation.Download download, Form form) throws IOException, InterruptedException {
        @Nullable Fetched known = fetched.remove(download);
        Fetched here = known == null ? fetchAgain(download) : known;
        try (Fd bytes = here.bytes()) {
            LayerIndex index = index(download.address(), here.file());
            bytes.seek(0);
            return store.create(index, _ -> bytes.inputStream(), form);
        }
    }

    @Override
    public void close() {
        remote.close();
        fetched.values().forEach(each -> each.bytes().close());
        fetched.clear();
    }

    /// {@return the file as its server has it now}
    private RemoteFile current(Operation.Download download) throws IOException, InterruptedException {
        FileAddress address = download.address();
        Optional<RemoteFile> known = memo.find(address);
        Fd target = store.newScratchFile();
        @Nullable RemoteFile changed = null;
        try {
            changed = remote.fetchUnlessKnown(address, known.orElse(null), target);
        } finally {
            if (changed == null) {
                target.close();
            }
        }
        if (changed == null) {
            return known.orElseThrow();
        }
        fetched.put(download, new Fetched(changed, target));
        memo.put(address, changed);
        return changed;
    }

    /// The file is known, or has a checksum, but there is no layer of it any more.
    private Fetched fetchAgain(Operation.Download download) throws IOException, InterruptedException {
        FileAddress address = download.address();
        Fd target = store.newScratchFile();
        boolean right = false;
        try {
            RemoteFile file = remote.fetch(address, download.checksum(), target);
            @Nullable RemoteFile known = asked.get(download);
            if (known != null) {
                // Also when it is another one, whatever its server calls it: the next build goes on from here.
                memo.put(address, file);
                file = file.requireSame(address, known);
            }
            right = true;
            return new Fetched(file, target);
        } finally {
            if (!right) {
                target.close();
            }
        }
    }

    private static LayerIndex index(FileAddress address, RemoteFile file) {
        var modified = Timestamp.ofSeconds(file.modified().getEpochSecond());
        return LayerIndex.of(List.of(
                LayerEntry.directory(ByteString.EMPTY, ROOT_MODE, 0, 0, Timestamp.EPOCH),
                LayerEntry.file(ByteString.of(address.fileName()), MODE, modified, file.size(), file.contentDigest())));
    }
}
