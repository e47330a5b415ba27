package dev.jbuild.context;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.FileTree;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.DirectoryEntry;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.FileType;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.linux.OpenFlag;
import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A directory of this machine as a source of COPY, without what its ignore file leaves out.
///
/// Only directories that somebody asks for are listed, and each only once: what was seen first stays true for the whole
/// build. Every owner is 0:0. A socket appears as an empty file, as in Docker; pipes and devices are entries that are
/// never opened. Symbolic links are never followed.
///
/// Safe for several threads. Whoever opened it closes it, after the last use of its streams.
public final class BuildContext implements FileTree, FileContents, Inodes, AutoCloseable {
    /* `listings` and `entries` only grow, except that the entry of a file is replaced when its bytes are first read and
     * it had changed since it was listed: then its size, time and digest are those of the bytes that were read. Mode,
     * type and attributes must be the same; a key of the cache may already say them. The monitor guards both maps and
     * `directories`; files are read outside of it. */

    private static final int ATTEMPTS = 3;

    private final ByteString location;
    private final OpenDirectories directories;
    private final IgnorePatterns ignored;
    private final DigestMemo memo;
    private final RecentFiles recent = new RecentFiles();
    private final Map<ByteString, List<ByteString>> listings = new HashMap<>();
    private final Map<ByteString, ContextEntry> entries = new HashMap<>();

    private BuildContext(ByteString location, Directory root, IgnorePatterns ignored, DigestMemo memo) {
        this.location = location;
        this.directories = new OpenDirectories(root);
        this.ignored = ignored;
        this.memo = memo;
    }

    /// Opens a directory as a context.
    ///
    /// @param location path on this machine; symbolic links in it are followed
    /// @throws ContextException when there is no such directory
    public static BuildContext open(ByteString location, IgnorePatterns ignored, DigestMemo memo) throws IOException {
        try {
            return new BuildContext(location, Directory.open(location), ignored, memo);
        } catch (LinuxException failure) {
            switch (failure.errno()) {
                case ENOENT -> throw new ContextException("build context '" + location + "' does not exist");
                case ENOTDIR -> throw new ContextException("build context '" + location + "' is not a directory");
                case EACCES ->
                    throw new ContextException("build context '" + location + "' may not be read by this user");
                default -> throw failure;
            }
        }
    }

    /// {@return the directory, as given}
    public ByteString location() {
        return location;
    }

    /// {@return the file that leaves out a path, when it is one of its patterns that does}
    public @Nullable String ignoreFileOf(ByteString path) {
        return ignored.excludes(path) ? ignored.fileName() : null;
    }

    @Override
    public @Nullable LayerEntry find(ByteString path) throws IOException {
        ContextEntry found = entry(path);
        return found == null ? null : found.entry();
    }

    @Override
    public synchronized List<LayerEntry> children(ByteString directory) throws IOException {
        List<ByteString> paths = listings.get(directory);
        if (paths == null) {
            ContextEntry found = entry(directory);
            if (found == null || !found.entry().isDirectory()) {
                return List.of();
            }
            paths = list(directory);
        }
        var children = new ArrayList<LayerEntry>(paths.size());
        for (ByteString path : paths) {
            children.add(listed(path).entry());
        }
        return children;
    }

    /// {@return every entry, in byte order of the paths, complete with digests and hard links: the context as the root
    /// file system of a stage} All files are read.
    public List<LayerEntry> allEntries() throws IOException {
        var all = new TreeMap<ByteString, LayerEntry>();
        var pending = new ArrayList<ByteString>(List.of(ByteString.EMPTY));
        while (!pending.isEmpty()) {
            for (LayerEntry child : children(pending.removeLast())) {
                if (child.isDirectory()) {
                    pending.add(child.path());
                }
                all.put(child.path(), child.isFile() ? hashed(child) : child);
            }
        }
        all.put(ByteString.EMPTY, root().entry());
        var first = new HashMap<Object, ByteString>();
        all.replaceAll((path, entry) -> {
            Object inode = entry.isFile() ? inode(entry) : null;
            return inode == null ? entry : entry.withHardLink(earlier(first, inode, path));
        });
        return List.copyOf(all.values());
    }

    /// Reads a file unless its digest is known; fails with "changed during build" when it does not hold still.
    @Override
    public Digest contentDigest(LayerEntry file) throws IOException {
        return hashed(file).requiredContentDigest();
    }

    @Override
    public InputStream open(LayerEntry file) throws IOException {
        LayerEntry hashed = hashed(file);
        byte[] kept = recent.take(file.path());
        if (kept != null) {
            return new ByteArrayInputStream(kept);
        }
        FileStatus expected = listed(file.path()).status();
        if (!expected.isRegular()) {
            return InputStream.nullInputStream();
        }
        Fd opened = openFile(file.path());
        try {
            return new UnchangedFile(hashed.path(), opened, expected);
        } catch (IOException | RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    @Override
    public @Nullable Object inode(LayerEntry file) {
        return listed(file.path()).inode();
    }

    @Override
    public synchronized void close() {
        directories.close();
    }

    private static @Nullable ByteString earlier(Map<Object, ByteString> first, Object inode, ByteString path) {
        return first.putIfAbsent(inode, path);
    }

    private LayerEntry hashed(LayerEntry file) throws IOException {
        ContextEntry known = listed(file.path());
        if (known.entry().contentDigest() != null) {
            return known.entry();
        }
        if (!known.status().isRegular()) {
            return replace(known.withContent(Digest.ofBytes(new byte[0]), known.status()));
        }
        // Nearly always the file is as it was listed, and then that status is the one before.
        FileStatus before = known.status();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            long now = System.currentTimeMillis() / 1000;
            try (Fd opened = openFile(file.path())) {
                known.checkSameKind(before);
                UnchangedFile.Content content = UnchangedFile.read(opened, before.size());
                FileStatus after = opened.status();
                if (content.length == before.size() && UnchangedFile.same(before, after)) {
                    LayerEntry entry = replace(known.withContent(content.digest, before));
                    remember(FileKey.of(file.path(), before), now, entry);
                    keep(entry, content);
                    return entry;
                }
                before = after;
            }
        }
        throw UnchangedFile.changed(file.path());
    }

    private void keep(LayerEntry file, UnchangedFile.Content content) {
        if (content.bytes != null && content.digest.equals(file.contentDigest())) {
            recent.keep(file.path(), content.bytes);
        }
    }

    private void remember(FileKey key, long now, LayerEntry entry) {
        if (key.isSettled(now)) {
            memo.store(key, new FileFacts(entry.requiredContentDigest(), entry.xattrs()));
        }
    }

    /// The first digest of a file stays: somebody may have used it already.
    private synchronized LayerEntry replace(ContextEntry hashed) {
        ByteString path = hashed.entry().path();
        ContextEntry known = listed(path);
        if (known.entry().contentDigest() == null) {
            entries.put(path, hashed);
            return hashed.entry();
        }
        return known.entry();
    }

    private synchronized ContextEntry listed(ByteString path) {
        ContextEntry known = entries.get(path);
        if (known == null) {
            throw new IllegalArgumentException("'" + path + "' is no entry of this context");
        }
        return known;
    }

    private synchronized @Nullable ContextEntry entry(ByteString path) throws IOException {
        if (path.isEmpty()) {
            return root();
        }
        ContextEntry known = entries.get(path);
        if (known != null || listings.containsKey(path.parent())) {
            return known;
        }
        IgnorePatterns.Verdict verdict = verdict(path);
        if (verdict.excluded() && !ignored.couldIncludeBelow(path, verdict)) {
            return null;
        }
        try {
            Directory parent = directories.open(path.parent());
            return admit(parent, path, verdict, System.currentTimeMillis() / 1000);
        } catch (LinuxException failure) {
            return switch (failure.errno()) {
                case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG -> null;
                default -> throw unreadable(path, failure);
            };
        }
    }

    private synchronized ContextEntry root() throws IOException {
        ContextEntry known = entries.get(ByteString.EMPTY);
        if (known == null) {
            known = ContextEntry.read(directories.open(ByteString.EMPTY), ByteString.EMPTY, memo, 0);
            entries.put(ByteString.EMPTY, known);
        }
        return known;
    }

    private IgnorePatterns.Verdict verdict(ByteString path) {
        if (ignored.isEmpty() || path.isEmpty()) {
            return IgnorePatterns.Verdict.ROOT;
        }
        IgnorePatterns.Verdict verdict = IgnorePatterns.Verdict.ROOT;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            verdict = ignored.judge(path.substring(0, slash), verdict);
        }
        return ignored.judge(path, verdict);
    }

    private List<ByteString> list(ByteString directory) throws IOException {
        IgnorePatterns.Verdict own = verdict(directory);
        var paths = new ArrayList<ByteString>();
        var maybe = new ArrayList<ByteString>();
        try {
            Directory opened = directories.open(directory);
            long now = System.currentTimeMillis() / 1000;
            for (DirectoryEntry child : opened.entries()) {
                ByteString path = directory.resolve(child.name());
                IgnorePatterns.Verdict verdict = ignored.judge(path, own);
                if (!verdict.excluded()) {
                    admitListed(opened, path, now, paths);
                } else if (mayBeDirectory(child) && ignored.couldIncludeBelow(path, verdict)) {
                    maybe.add(path);
                }
            }
        } catch (LinuxException failure) {
            throw unreadable(directory, failure);
        }
        for (ByteString path : maybe) {
            if (entry(path) != null) {
                paths.add(path);
            }
        }
        paths.sort(null);
        listings.put(directory, List.copyOf(paths));
        return paths;
    }

    /// A name that went away since it was listed was never there.
    private void admitListed(Directory parent, ByteString path, long now, List<ByteString> paths) throws IOException {
        try {
            entries.putIfAbsent(path, ContextEntry.read(parent, path, memo, now));
            paths.add(path);
        } catch (LinuxException failure) {
            if (!failure.is(Errno.ENOENT)) {
                throw failure;
            }
        }
    }

    /// {@return the entry, unless it is an excluded one with nothing below that is taken back in}
    private @Nullable ContextEntry admit(Directory parent, ByteString path, IgnorePatterns.Verdict verdict, long now)
            throws IOException {
        ContextEntry read = ContextEntry.read(parent, path, memo, now);
        if (verdict.excluded() && (!read.entry().isDirectory() || list(path).isEmpty())) {
            return null;
        }
        entries.put(path, read);
        return read;
    }

    private static boolean mayBeDirectory(DirectoryEntry child) {
        return child.type() == FileType.DIRECTORY || child.type() == FileType.UNKNOWN;
    }

    private Fd openFile(ByteString path) throws IOException {
        try {
            synchronized (this) {
                return directories.open(path.parent()).openFile(path.name(), OpenFlag.NON_BLOCKING);
            }
        } catch (LinuxException failure) {
            throw switch (failure.errno()) {
                case ENOENT, ENOTDIR, ELOOP, ENXIO -> UnchangedFile.changed(path);
                default -> unreadable(path, failure);
            };
        }
    }

    private RuntimeException unreadable(ByteString path, LinuxException failure) throws LinuxException {
        if (failure.errno() != Errno.EACCES && failure.errno() != Errno.EPERM) {
            throw new LinuxException(
                    failure.call(), path.toString(), failure.errno().number());
        }
        return new ContextException("cannot read '" + path + "' of the build context: "
                + failure.errno().text() + "; make it readable or name it in .dockerignore");
    }
}
