package dev.jbuild.collect;

import dev.jbuild.blob.BlobStore;
import dev.jbuild.cache.FileDigestMemo;
import dev.jbuild.cache.Store;
import dev.jbuild.cache.StoredRecord;
import dev.jbuild.collect.Problem.Severity;
import dev.jbuild.image.ImageLayer;
import dev.jbuild.image.StoredName;
import dev.jbuild.image.StoredNames;
import dev.jbuild.layer.LayerId;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileLock;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.OpenFlag;
import dev.jbuild.oci.Digest;
import dev.jbuild.snapshot.StoredLayers;
import dev.jbuild.state.Area;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks for damage in everything that is durable, and heals it: what is damaged is taken out of the way, so that
/// it is made again; what leads nowhere is removed. Builds may run meanwhile.
public final class StoreCheck {
    private static final int BUFFER = 1 << 17;

    private final Store store;
    private final StateDirectory state;
    private final boolean deep;
    private final List<Problem> problems = new ArrayList<>();

    private StoreCheck(Store store, boolean deep) {
        this.store = store;
        this.state = store.state();
        this.deep = deep;
    }

    /// {@return what was found, in the order of looking}
    ///
    /// @param deep whether every byte is read and compared with its digest
    public static List<Problem> check(Store store, boolean deep) throws IOException, InterruptedException {
        StateDirectory state = store.state();
        try (FileLock alone =
                FileLock.acquire(state.directory(), StateDirectory.collectorLock(), FileLock.Mode.EXCLUSIVE)) {
            assert alone != null;
            state.removeDead();
            var check = new StoreCheck(store, deep);
            check.checkBlobs();
            check.checkLayers();
            check.checkRecords();
            check.checkNames();
            check.checkContexts();
            return check.problems;
        }
    }

    private void add(Severity severity, ByteString path, String message) {
        problems.add(new Problem(severity, path, message));
    }

    private void setAside(Severity severity, ByteString path, String message) throws IOException {
        FileStatus status = Area.find(state, path);
        if (status == null) {
            return;
        }
        Directory place = state.processDirectory().directory();
        state.directory().rename(path, place, state.processDirectory().newName(), Directory.Rename.NO_REPLACE);
        add(severity, path, message);
    }

    private void checkBlobs() throws IOException {
        for (ByteString algorithm : Area.BLOBS.list(state)) {
            for (ByteString directory : Area.list(state, algorithm)) {
                for (ByteString path : Area.list(state, directory)) {
                    checkBlob(path, algorithm.name().toString());
                }
            }
        }
    }

    private void checkBlob(ByteString path, String algorithm) throws IOException {
        Optional<Digest> digest = digest(algorithm, path.name().toString());
        if (digest.isEmpty() || !StateDirectory.blob(digest.get()).equals(path)) {
            setAside(Severity.LEFTOVER, path, "is not named like a blob");
            return;
        }
        try (Fd file = state.directory().openFile(path, OpenFlag.NON_BLOCKING)) {
            if (!file.status().isRegular() || (deep && algorithm.equals("sha256") && !isBlob(file, digest.get()))) {
                setAside(Severity.DAMAGE, path, "is not what its digest says; it is set aside");
            }
        } catch (IOException unreadable) {
            setAside(Severity.DAMAGE, path, "cannot be read (" + unreadable.getMessage() + "); it is set aside");
        }
    }

    private static Optional<Digest> digest(String algorithm, String hex) {
        try {
            return Optional.of(new Digest(algorithm, hex));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    private static boolean isBlob(Fd file, Digest digest) throws IOException {
        MessageDigest hash = Digest.newHash();
        var buffer = new byte[BUFFER];
        try (InputStream bytes = file.inputStream()) {
            for (int count = bytes.read(buffer, 0, BUFFER); count >= 0; count = bytes.read(buffer, 0, BUFFER)) {
                hash.update(buffer, 0, count);
            }
        }
        return Digest.finish(hash).equals(digest);
    }

    private void checkLayers() throws IOException {
        for (ByteString path : Area.LAYERS.list(state)) {
            Optional<LayerId> id = StoredLayers.id(path);
            if (id.isEmpty()) {
                setAside(Severity.LEFTOVER, path, "is not named like a layer");
                continue;
            }
            for (String problem : store.layers().check(id.get(), deep)) {
                add(Severity.DAMAGE, path, problem);
            }
        }
    }

    private void checkRecords() throws IOException {
        for (StoredRecord each : StoredRecord.list(state)) {
            if (each.later()) {
                continue;
            }
            if (each.record().isEmpty()) {
                setAside(Severity.DAMAGE, each.path(), "is no record of its key; the step runs again");
            } else if (!store.layers().contains(each.record().get().layer())) {
                setAside(
                        Severity.LEFTOVER,
                        each.path(),
                        "leads to layer " + each.record().get().layer() + ", which is not there; removed");
            }
        }
    }

    private void checkNames() throws IOException {
        for (StoredName name : StoredNames.list(state)) {
            switch (name) {
                case StoredName.Damaged damaged ->
                    setAside(Severity.DAMAGE, damaged.path(), "is not the name that was written; it is set aside");
                case StoredName.Image image -> checkImage(image);
                case StoredName.Base _, StoredName.Memo _, StoredName.Foreign _ -> {}
            }
        }
    }

    private void checkImage(StoredName.Image named) throws IOException {
        BlobStore blobs = store.blobs();
        List<String> missing = new ArrayList<>();
        if (!blobs.contains(named.image().config())) {
            missing.add("its config");
        }
        for (ImageLayer layer : named.image().layers()) {
            if (layer.pulledAs() == null && !store.layers().contains(layer.id())) {
                missing.add("layer " + layer.id());
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        if (named.isTagged()) {
            add(
                    Severity.INCOMPLETE,
                    named.path(),
                    "image " + named.name() + " lacks " + String.join(", ", missing) + "; build it again");
        } else {
            setAside(Severity.LEFTOVER, named.path(), "image without a tag lacks " + missing.getFirst() + "; removed");
        }
    }

    private void checkContexts() throws IOException {
        for (ByteString path : Area.CONTEXTS.list(state)) {
            if (!FileDigestMemo.isWhole(state, path)) {
                setAside(Severity.DAMAGE, path, "is not what was written; the context is hashed again");
            }
        }
    }
}
