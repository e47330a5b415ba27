package dev.jbuild.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Keeps what it is given as a tree of its own, and checks the promises of [LayerSink] on the way.
final class RecordingSink implements LayerSink {
    private final TreeMap<ByteString, String> tree = new TreeMap<>();
    private final TreeMap<ByteString, byte[]> contents = new TreeMap<>();
    boolean finished;

    private void create(ByteString path, String what) {
        assertThat(tree).doesNotContainKey(path);
        if (!path.parent().isEmpty()) {
            assertThat(tree.get(path.parent())).as("parent of " + path).isEqualTo("directory");
        }
        tree.put(path, what);
    }

    @Override
    public void directory(ByteString path) {
        create(path, "directory");
    }

    @Override
    public void file(LayerEntry file, InputStream content) throws IOException {
        byte[] bytes = content.readAllBytes();
        assertThat(bytes).hasSize((int) file.size());
        create(file.path(), "file " + Digest.ofBytes(bytes));
        contents.put(file.path(), bytes);
    }

    @Override
    public void hardLink(ByteString existing, ByteString path) {
        assertThat(tree.get(existing)).startsWith("file ");
        create(path, tree.get(existing));
        contents.put(path, contents.get(existing));
    }

    @Override
    public void node(LayerEntry node) {
        create(node.path(), node.type() + " " + node.linkTarget() + node.device());
    }

    @Override
    public void remove(ByteString path) {
        assertThat(tree).containsKey(path);
        tree.keySet().removeIf(below -> below.isBelowOrSame(path));
    }

    /// The tree must be that of the index.
    @Override
    public void finish(LayerIndex index) {
        var expected = new TreeMap<ByteString, String>();
        for (LayerEntry entry : index.entries()) {
            switch (entry.type()) {
                case FILE -> expected.put(entry.path(), "file " + entry.contentDigest());
                case DIRECTORY -> expected.put(entry.path(), "directory");
                case WHITEOUT -> {}
                default -> expected.put(entry.path(), entry.type() + " " + entry.linkTarget() + entry.device());
            }
        }
        expected.remove(ByteString.EMPTY);
        List<ByteString> undescribed = new ArrayList<>(index.impliedDirectories());
        for (ByteString path : tree.keySet()) {
            // A directory may be implied by an entry that was replaced since.
            if (tree.get(path).equals("directory") && !expected.containsKey(path)) {
                undescribed.add(path);
            }
        }
        undescribed.forEach(path -> expected.put(path, "directory"));
        assertThat(tree).isEqualTo(expected);
        finished = true;
    }

    String text(String path) {
        return new String(contents.get(ByteString.of(path)), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
