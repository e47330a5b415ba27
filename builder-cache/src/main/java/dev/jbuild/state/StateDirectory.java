package dev.jbuild.state;

import dev.jbuild.layer.LayerId;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileLock;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.linux.OpenFlag;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The directory that holds everything jbuild keeps between builds, open and in use by this process.
///
/// The only class that builds its paths. They are relative to [#directory()], made of digests and counted numbers:
/// text from outside is hashed first. Any number of processes share one directory.
public final class StateDirectory implements AutoCloseable {
    private static final ByteString VERSION = ByteString.of("v1");
    private static final ByteString IN_USE = ByteString.of("in-use");

    /// Where [#buildRecord] leads.
    public static final ByteString BUILDS = ByteString.of("builds");

    static final ByteString TEMPORARY = ByteString.of("tmp");
    private static final ByteString LOCKS = ByteString.of("locks");

    /// Where locks are files that exist only while somebody has or wants them.
    static final List<ByteString> LOCK_PLACES = List.of(ByteString.of("locks/keys"), ByteString.of("locks/layers"));

    /// Seconds; the order of collection needs no finer ones, and each change of a time is a write.
    private static final long USE_GRANULARITY = 60;

    /// Parents before children; `blobs/sha256/ab` and `keys/ab` are made when they are needed.
    private static final List<String> SKELETON = List.of(
            "blobs",
            "blobs/sha256",
            "blobs/sha512",
            "layers",
            "keys",
            "refs",
            "context",
            "builds",
            "reads",
            "locks",
            "locks/keys",
            "locks/layers",
            "locks/processes",
            "tmp",
            "mounts",
            "logs");

    private final Path root;
    private final Directory directory;
    private final FileLock inUse;
    private final Leases leases = new Leases(this);
    private @Nullable ProcessDirectory processDirectory;

    private StateDirectory(Path root, Directory directory, FileLock inUse) {
        this.root = root;
        this.directory = directory;
        this.inUse = inUse;
    }

    /// Opens the directory, and makes it when it is not there.
    ///
    /// @throws StateException when it belongs to somebody else or cannot be written
    /// @throws InterruptedException while another process wanted it alone
    public static StateDirectory open(Path root) throws IOException, InterruptedException {
        Path absolute = root.toAbsolutePath().normalize();
        try (Directory top = StateRoot.open(absolute)) {
            Directory directory = openVersion(top);
            boolean done = false;
            try {
                FileLock inUse = FileLock.acquire(directory, IN_USE, FileLock.Mode.SHARED);
                done = true;
                return new StateDirectory(absolute, directory, inUse);
            } finally {
                if (!done) {
                    directory.close();
                }
            }
        } catch (LinuxException failure) {
            throw StateRoot.unusable(absolute, failure);
        }
    }

    /// Opens the directory of this version. A part of it that somebody removed is made again, empty: what was in it is
    /// missed, and made again too.
    private static Directory openVersion(Directory top) throws LinuxException {
        if (!top.contains(VERSION)) {
            StateRoot.makeDirectory(top, VERSION);
        }
        Directory directory = top.openDirectory(VERSION);
        for (String name : SKELETON) {
            ByteString part = ByteString.of(name);
            if (!directory.contains(part)) {
                StateRoot.makeDirectory(directory, part);
            }
        }
        return directory;
    }

    /// {@return the directory as the user knows it, for messages}
    public Path root() {
        return root;
    }

    /// {@return where the file `path` is, for messages}
    public Path absolute(ByteString path) {
        return root.resolve(VERSION.utf8()).resolve(path.toString());
    }

    /// {@return the open directory that all names here are relative to; this object owns it}
    public Directory directory() {
        return directory;
    }

    /// {@return this process' place; the first call makes it, and removes those of processes that died}
    public synchronized ProcessDirectory processDirectory() throws IOException {
        if (processDirectory == null) {
            processDirectory = ProcessDirectory.open(this);
        }
        return processDirectory;
    }

    /// Removes the places of processes that died, and so ends their leases, and the lock files they left.
    public void removeDead() throws IOException {
        ProcessDirectory.removeDead(this);
        ProcessDirectory.removeFreeLocks(this);
    }

    /// {@return what this process keeps from being collected}
    public Leases leases() {
        return leases;
    }

    /// Notes that `path` was used now, when it is there. This only orders what is collected: nothing is kept or lost
    /// because a clock was wrong.
    public void touch(ByteString path) throws LinuxException {
        try {
            long now = Instant.now().getEpochSecond();
            long noted = directory.status(path).mtimeSeconds();
            if (noted > now || noted < now - USE_GRANULARITY) {
                directory.setTime(path, now, 0);
            }
        } catch (LinuxException failure) {
            if (!failure.is(Errno.ENOENT)) {
                throw failure;
            }
        }
    }

    public static ByteString blob(Digest digest) {
        return ByteString.of("blobs/" + digest.algorithm() + "/" + digest.hex().substring(0, 2) + "/" + digest.hex());
    }

    public static ByteString layer(LayerId id) {
        return ByteString.of("layers/" + id.directoryName());
    }

    /// {@return the record of a key}
    ///
    /// @param key 64 hex digits
    public static ByteString key(String key) {
        return ByteString.of("keys/" + key.substring(0, 2) + "/" + key);
    }

    /// {@return what is kept under a name}
    ///
    /// @param name an image name; any text
    public static ByteString reference(String name) {
        return ByteString.of("refs/" + hash(ByteString.of(name)) + ".json");
    }

    /// {@return what is known of a build context}
    ///
    /// @param path of the context; any bytes
    public static ByteString contextMemo(ByteString path) {
        return ByteString.of("context/" + hash(path));
    }

    /// {@return what the last build of a project did}
    ///
    /// @param project any text
    public static ByteString buildRecord(String project) {
        return BUILDS.resolve(ByteString.of(hash(ByteString.of(project)) + ".json"));
    }

    /// {@return what the step of a key read}
    ///
    /// @param key 64 hex digits
    public static ByteString readManifest(String key) {
        return ByteString.of("reads/" + key.substring(0, 2) + "/" + key);
    }

    /// {@return the lock of a key}
    ///
    /// @param key 64 hex digits
    public static ByteString keyLock(String key) {
        return ByteString.of("locks/keys/" + key);
    }

    public static ByteString layerLock(LayerId id) {
        return ByteString.of("locks/layers/" + id.directoryName());
    }

    /// {@return the lock between those who begin to rely on something and whoever moves things away}
    public static ByteString collectionLock() {
        return LOCKS.resolve(ByteString.of("collect"));
    }

    /// {@return the lock of the one process that may collect now}
    public static ByteString collectorLock() {
        return LOCKS.resolve(ByteString.of("collector"));
    }

    /// {@return a file that is there when nothing was added since the store was last measured}
    public static ByteString measuredStamp() {
        return ByteString.of("measured");
    }

    static ByteString processLock(ByteString process) {
        return ByteString.of("locks/processes").resolve(process);
    }

    static ByteString temporary(ByteString process) {
        return TEMPORARY.resolve(process);
    }

    private static String hash(ByteString outsideText) {
        return Digest.ofBytes(outsideText.toBytes()).hex();
    }

    /// Moves `name` of `source` to `path` of this directory, whose parent is made when it is missing.
    public void rename(Directory source, ByteString name, ByteString path, Directory.Rename how) throws LinuxException {
        try {
            source.rename(name, directory, path, how);
        } catch (LinuxException failure) {
            if (!failure.is(Errno.ENOENT)) {
                throw failure;
            }
            StateRoot.makeDirectory(directory, path.parent());
            source.rename(name, directory, path, how);
        }
    }

    /// Removes a file, when it is there.
    ///
    /// @return whether it was
    public boolean removeFile(ByteString path) throws LinuxException {
        try {
            directory.unlink(path);
            return true;
        } catch (LinuxException failure) {
            if (failure.is(Errno.ENOENT)) {
                return false;
            }
            throw failure;
        }
    }

    /// Reads a small file whole.
    ///
    /// @param limit bytes; a longer file is none of ours
    /// @return null when there is no regular file of that name
    public byte @Nullable [] read(ByteString path, long limit) throws IOException {
        try (Fd file = directory.openFile(path, OpenFlag.NON_BLOCKING)) {
            FileStatus status = file.status();
            if (!status.isRegular() || status.size() > limit) {
                return null;
            }
            var content = new byte[(int) status.size()];
            file.readFully(0, content);
            return content;
        } catch (LinuxException failure) {
            if (failure.is(Errno.ENOENT) || failure.is(Errno.ELOOP)) {
                return null;
            }
            throw failure;
        }
    }

    /// {@return `failure` as the user should read it: a full disk is named with what is left on it, others with the
    /// state directory}
    public StateException explain(IOException failure) {
        boolean full = failure instanceof LinuxException system && (system.is(Errno.ENOSPC) || system.is(Errno.EDQUOT));
        return full
                ? new StateException(root, "no space left for '" + root + "'" + freeSpace(), failure)
                : new StateException(root, "state directory '" + root + "': " + failure.getMessage(), failure);
    }

    private String freeSpace() {
        try {
            var store = Files.getFileStore(root);
            return ": " + store.getUsableSpace() + " bytes free on " + store
                    + " (it may be out of inodes or over a quota too); free some, the same command then works";
        } catch (IOException unknown) {
            return " (how much is left cannot be found out: " + unknown.getMessage() + ")";
        }
    }

    /// Removes this process' place, and says that it no longer uses the directory.
    @Override
    public synchronized void close() throws IOException {
        try {
            leases.close();
            if (processDirectory != null) {
                processDirectory.close();
            }
        } finally {
            inUse.close();
            directory.close();
        }
    }
}
