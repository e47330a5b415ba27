package dev.jbuild.operation;

import dev.jbuild.layer.AccountFiles;
import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.MergedTree;
import dev.jbuild.layer.PathResolver;
import dev.jbuild.linux.ByteString;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.user.UserDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A root file system as one tree, with the bytes of its files. Nothing is mounted or unpacked to look at it; bytes are
/// fetched when a file is opened.
public final class RootfsTree implements FileContents {
    private final LayerStore store;
    private final MergedTree files;
    private final Map<LayerId, Layer> layers = new HashMap<>();
    private final Map<LayerId, FileContents> opened = new HashMap<>();

    private RootfsTree(LayerStore store, MergedTree files) {
        this.store = store;
        this.files = files;
    }

    /// Reads the indexes of all layers; those never seen before are fetched for it.
    public static RootfsTree open(LayerStore store, Rootfs rootfs) throws IOException, InterruptedException {
        List<LayerIndex> indexes = store.indexes(rootfs.layers());
        var tree = new RootfsTree(store, MergedTree.of(indexes));
        for (Layer layer : rootfs.layers()) {
            tree.layers.put(layer.id(), layer);
        }
        return tree;
    }

    public MergedTree files() {
        return files;
    }

    @Override
    public InputStream open(LayerEntry file) throws IOException {
        return contents(files.layerOf(file).id()).open(file);
    }

    /// {@return the accounts that the image's own files know}
    public UserDatabase users() throws IOException {
        return UserDatabase.parse(account(AccountFiles.PASSWD_PATH), account(AccountFiles.GROUP_PATH));
    }

    private @Nullable ByteString account(ByteString path) throws IOException {
        @Nullable LayerEntry entry = files.find(PathResolver.resolve(files, path, true));
        if (entry == null || !entry.isFile() || entry.size() > AccountFiles.MAX_BYTES) {
            return null;
        }
        AccountFiles kept = files.layerOf(entry).accounts();
        if (entry.path().equals(AccountFiles.PASSWD_PATH) && kept.passwd() != null) {
            return kept.passwd();
        }
        if (entry.path().equals(AccountFiles.GROUP_PATH) && kept.group() != null) {
            return kept.group();
        }
        try (InputStream bytes = open(entry)) {
            return ByteString.ofBytes(bytes.readAllBytes());
        }
    }

    private synchronized FileContents contents(LayerId id) throws IOException {
        @Nullable FileContents known = opened.get(id);
        if (known != null) {
            return known;
        }
        @Nullable Layer layer = layers.get(id);
        if (layer == null) {
            throw new IllegalStateException("no layer of this tree: " + id);
        }
        try {
            FileContents contents = store.contents(layer);
            opened.put(id, contents);
            return contents;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while fetching layer " + id);
        }
    }
}
