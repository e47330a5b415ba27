package dev.jbuild.git;

import dev.jbuild.git.GitCheckout.Content;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// The entries of a checkout while it is made, and where their bytes are.
final class CheckoutFiles {
    private static final int MAX_PATH = 4095;

    private final GitLimits limits;
    private final Timestamp time;
    private final List<LayerEntry> entries = new ArrayList<>();
    private final Map<ByteString, Content> contents = new HashMap<>();
    private final Map<ObjectId, LayerEntry> hashed = new HashMap<>();
    private final Set<ByteString> made = new HashSet<>();
    private long bytes;

    /// @param time of every entry
    CheckoutFiles(GitLimits limits, Timestamp time) {
        this.limits = limits;
        this.time = time;
    }

    LayerIndex index() {
        return LayerIndex.of(entries);
    }

    Map<ByteString, Content> contents() {
        return contents;
    }

    void directory(ByteString path) {
        add(LayerEntry.directory(path, 0755, 0, 0, time));
    }

    void link(ByteString path, ByteString target) {
        add(LayerEntry.symlink(path, target, time));
    }

    /// @throws GitException when the server left the content out
    void blob(ByteString path, int mode, RemoteRepository repository, ObjectId id) throws IOException {
        var content = new Content.Blob(repository, id);
        // The same bytes may stand at many paths.
        @Nullable LayerEntry known = hashed.get(id);
        LayerEntry entry =
                known == null ? hash(content, path, mode) : known.withPath(path).withMode(mode);
        hashed.put(id, entry);
        add(entry, content);
    }

    /// A directory that is no part of the tree, and its parents.
    void makeDirectory(ByteString path) {
        if (made.contains(path)) {
            return;
        }
        if (!path.parent().isEmpty()) {
            makeDirectory(path.parent());
        }
        made.add(path);
        directory(path);
    }

    /// A file that is no part of the tree.
    void makeFile(ByteString path, byte[] content) throws IOException {
        var copy = new Content.Made(ByteString.ofBytes(content));
        add(LayerEntry.file(path, 0644, time, content.length, Digest.ofBytes(content)), copy);
    }

    void makePack(ByteString path, PackFile pack) throws IOException {
        var content = new Content.Scratch(pack.bytes(), pack.size());
        add(hash(content, path, 0444), content);
    }

    private void add(LayerEntry file, Content content) {
        bytes += file.size();
        if (bytes > limits.treeBytes()) {
            throw GitLimits.exceeded("files of more than " + limits.treeBytes() + " bytes", limits.treeBytes());
        }
        add(file);
        contents.put(file.path(), content);
    }

    private void add(LayerEntry entry) {
        if (entry.path().length() > MAX_PATH) {
            throw new GitException("a path has more than " + MAX_PATH + " bytes");
        }
        if (entries.size() >= limits.entries()) {
            throw GitLimits.exceeded("more than " + limits.entries() + " files", limits.entries());
        }
        entries.add(entry);
    }

    private LayerEntry hash(Content content, ByteString path, int mode) throws IOException {
        MessageDigest hash = Digest.newHash();
        var buffer = new byte[1 << 16];
        long size = 0;
        try (InputStream stream = content.open()) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                hash.update(buffer, 0, count);
                size += count;
            }
        } catch (MissingObjectException missing) {
            throw new GitException("the server left out the content of '" + path + "'");
        } catch (LargeObjectException large) {
            throw new GitException("'" + path + "' is too large to be put together out of differences");
        }
        return LayerEntry.file(path, mode, time, size, Digest.finish(hash));
    }
}
