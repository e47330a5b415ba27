package dev.jbuild.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An open directory. Names are taken from here, so nobody who moves a directory above can redirect a call.
///
/// Unless a method says otherwise, the last name is never followed when it is a symbolic link, but the ones before
/// it are: a path from outside is opened name by name, or through [#openInRoot] and [#openBeneath].
/// Modes of new files are cut by the umask of the process, as always; [#setMode] is not.
public final class Directory extends Fd {
    private static final long RESOLVE_NO_MAGICLINKS = 2;
    private static final long RESOLVE_BENEATH = 8;
    private static final long RESOLVE_IN_ROOT = 16;
    private static final int RESOLVE_ATTEMPTS = 1000;
    private static final long AT_REMOVEDIR = 0x200;
    private static final long AT_SYMLINK_FOLLOW = 0x400;
    private static final int ENTRY_NAME = 19;

    Directory(int number) {
        super(number);
    }

    /// Opens a directory by a path of this machine, symbolic links followed.
    public static Directory open(ByteString path) throws LinuxException {
        return new Directory(openAt(AT_FDCWD, path, 0, OpenFlag.DIRECTORY));
    }

    /// Opens a file whose name is in this directory, or a path from here.
    public Fd openFile(ByteString name, OpenFlag... flags) throws LinuxException {
        return new Fd(openAt(number(), name, 0666, with(flags, OpenFlag.NO_FOLLOW)));
    }

    /// Makes a new file and opens it for reading and writing.
    ///
    /// @throws LinuxException EEXIST when the name is taken
    public Fd createFile(ByteString name, int mode) throws LinuxException {
        return new Fd(openAt(number(), name, mode, OpenFlag.READ_WRITE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE));
    }

    /// Opens a directory below this one.
    public Directory openDirectory(ByteString name) throws LinuxException {
        return new Directory(openAt(number(), name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW));
    }

    /// {@return a second, independent descriptor of this directory}
    public Directory reopen() throws LinuxException {
        return openDirectory(ByteString.of("."));
    }

    /// Opens `path` as if this directory were `/`: symbolic links of the tree are followed and stay inside, those of
    /// procfs are refused. See openat2(2), `RESOLVE_IN_ROOT`.
    public Fd openInRoot(ByteString path, OpenFlag... flags) throws LinuxException {
        return new Fd(openResolved(path, RESOLVE_IN_ROOT, flags));
    }

    /// [#openInRoot] for a directory.
    public Directory openDirectoryInRoot(ByteString path) throws LinuxException {
        return new Directory(openResolved(path, RESOLVE_IN_ROOT, OpenFlag.DIRECTORY));
    }

    /// Opens `path` when neither it nor a symbolic link on the way leads out of this directory, else fails with EXDEV.
    /// See openat2(2), `RESOLVE_BENEATH`.
    public Fd openBeneath(ByteString path, OpenFlag... flags) throws LinuxException {
        return new Fd(openResolved(path, RESOLVE_BENEATH, flags));
    }

    /// {@return all names, in no order}
    public List<DirectoryEntry> entries() throws LinuxException {
        var entries = new ArrayList<DirectoryEntry>();
        seek(0);
        try (Scratch scratch = Scratch.borrow()) {
            while (true) {
                int count = (int) scratch.call(
                        Syscall.GETDENTS64, this, number(), scratch.dataAddress(), Scratch.DATA_SIZE, 0, 0, 0);
                if (count == 0) {
                    return entries;
                }
                parseEntries(scratch.data, count, entries);
            }
        }
    }

    private static void parseEntries(MemorySegment data, int count, List<DirectoryEntry> entries) {
        byte[] bytes = data.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
        for (int at = 0; at < count; ) {
            int end = at + ENTRY_NAME;
            while (bytes[end] != 0) {
                end++;
            }
            int length = end - at - ENTRY_NAME;
            if (!isDotName(bytes, at + ENTRY_NAME, length)) {
                ByteString name = ByteString.ofBytes(bytes, at + ENTRY_NAME, length);
                long inode = data.get(ValueLayout.JAVA_LONG, at);
                entries.add(new DirectoryEntry(name, FileType.ofCode(bytes[at + 18]), inode));
            }
            at += (bytes[at + 16] & 0xff) | (bytes[at + 17] & 0xff) << 8;
        }
    }

    private static boolean isDotName(byte[] bytes, int start, int length) {
        return bytes[start] == '.' && (length == 1 || (length == 2 && bytes[start + 1] == '.'));
    }

    /// {@return the status of the name itself}
    public FileStatus status(ByteString name) throws LinuxException {
        return statusAt(number(), name, AT_SYMLINK_NOFOLLOW, name);
    }

    /// {@return whether the name is taken; by whatever, dangling links too}
    public boolean contains(ByteString name) throws LinuxException {
        try {
            FileStatus ignored = status(name);
            return true;
        } catch (LinuxException failure) {
            if (failure.is(Errno.ENOENT)) {
                return false;
            }
            throw failure;
        }
    }

    public void makeDirectory(ByteString name, int mode) throws LinuxException {
        onName(Syscall.MKDIRAT, name, mode, 0);
    }

    /// Makes a device node, pipe or socket.
    ///
    /// @param major,minor of a device, else 0
    public void makeNode(ByteString name, FileType type, int mode, int major, int minor) throws LinuxException {
        long device = (minor & 0xff) | (long) major << 8 | (long) (minor & ~0xff) << 12;
        onName(Syscall.MKNODAT, name, type.modeBits() | mode, device);
    }

    /// Makes a symbolic link; what it says is not interpreted.
    public void makeSymlink(ByteString name, ByteString target) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long text = scratch.otherPath("symlinkat", target);
            scratch.call(Syscall.SYMLINKAT, name, text, number(), scratch.path("symlinkat", name), 0, 0, 0);
        }
    }

    /// {@return what the symbolic link says}
    public ByteString readSymlink(ByteString name) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long path = scratch.path("readlinkat", name);
            int length = (int) scratch.call(
                    Syscall.READLINKAT, name, number(), path, scratch.dataAddress(), Scratch.DATA_SIZE, 0, 0);
            return ByteString.wrap(scratch.data.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /// Makes `name` in this directory a hard link of `existing` in `source`.
    public void makeHardLink(ByteString name, Directory source, ByteString existing) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long from = scratch.otherPath("linkat", existing);
            scratch.call(Syscall.LINKAT, name, source.number(), from, number(), scratch.path("linkat", name), 0, 0);
        }
    }

    /// Gives an open file without name (or any other open file) the name `name`.
    public void makeHardLink(ByteString name, Fd file) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long from = scratch.otherPath("linkat", file.processPath());
            scratch.call(
                    Syscall.LINKAT, name, AT_FDCWD, from, number(), scratch.path("linkat", name), AT_SYMLINK_FOLLOW, 0);
        }
    }

    /// What [#rename] does when the new name is taken.
    public enum Rename {
        REPLACE(0),
        /// Fails with EEXIST.
        NO_REPLACE(1),
        /// Both must exist and swap.
        EXCHANGE(2);

        private final int bits;

        Rename(int bits) {
            this.bits = bits;
        }
    }

    /// Moves `name` of this directory to `newName` of `target`, on the same file system.
    public void rename(ByteString name, Directory target, ByteString newName, Rename how) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long from = scratch.path("rename", name);
            long to = scratch.otherPath("rename", newName);
            long result = scratch.tryCall(Syscall.RENAMEAT2, number(), from, target.number(), to, how.bits, 0);
            if (result < 0) {
                throw new LinuxException("rename", name + " to " + newName, (int) -result);
            }
        }
    }

    /// Removes a name that is not a directory.
    public void unlink(ByteString name) throws LinuxException {
        onName(Syscall.UNLINKAT, name, 0, 0);
    }

    /// Removes an empty directory.
    public void removeDirectory(ByteString name) throws LinuxException {
        onName(Syscall.UNLINKAT, name, AT_REMOVEDIR, 0);
    }

    /// Removes `name` and, when it is a directory, everything below; links are not followed. Nothing happens when it
    /// is not there.
    public void deleteRecursively(ByteString name) throws IOException {
        TreeDeletion.delete(this, name);
    }

    /// {@return the bytes that `name` and everything below takes on the disk; a file with several names counts once}
    /// Nothing when it is not there. What vanishes meanwhile does not count.
    public long diskBytes(ByteString name) throws LinuxException {
        return TreeUsage.of(this, name);
    }

    /// Sets the twelve permission bits of a file that is not a symbolic link (these have none).
    public void setMode(ByteString name, int mode) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long path = scratch.path("chmod", name);
            long result = scratch.tryCall(Syscall.FCHMODAT2, number(), path, mode, AT_SYMLINK_NOFOLLOW, 0, 0);
            if (result == -Errno.ENOSYS.number() || result == -Errno.EPERM.number()) {
                setModeThroughHandle(name, mode);
            } else if (result < 0) {
                throw new LinuxException("chmod", name.toString(), (int) -result);
            }
        }
    }

    /// Before Linux 6.6 there is no call that does not follow a link, and old seccomp filters answer EPERM.
    private void setModeThroughHandle(ByteString name, int mode) throws LinuxException {
        try (Fd handle = openFile(name, OpenFlag.PATH);
                Scratch scratch = Scratch.borrow()) {
            if (handle.status().isSymlink()) {
                throw new LinuxException("chmod", name.toString(), Errno.EOPNOTSUPP.number());
            }
            long path = scratch.path("chmod", handle.processPath());
            scratch.call(Syscall.FCHMODAT, name, AT_FDCWD, path, mode, 0, 0, 0);
        }
    }

    /// Sets the owner; the kernel then clears the set-id bits of files and their capabilities.
    public void setOwner(ByteString name, int uid, int gid) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long path = scratch.path("chown", name);
            scratch.call(Syscall.FCHOWNAT, name, number(), path, uid, gid, AT_SYMLINK_NOFOLLOW, 0);
        }
    }

    /// Sets the modification time, of a symbolic link too; the access time becomes the same.
    public void setTime(ByteString name, long seconds, int nanos) throws LinuxException {
        setTimeAt(number(), name, seconds, nanos);
    }

    private void onName(Syscall call, ByteString name, long second, long third) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            scratch.call(call, name, number(), scratch.path(call.manualName(), name), second, third, 0, 0);
        }
    }

    private int openResolved(ByteString path, long resolve, OpenFlag... flags) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            scratch.small.set(ValueLayout.JAVA_LONG, 0, OpenFlag.bits(flags));
            scratch.small.set(ValueLayout.JAVA_LONG, 8, 0);
            scratch.small.set(ValueLayout.JAVA_LONG, 16, resolve | RESOLVE_NO_MAGICLINKS);
            long name = scratch.path("open", path.isEmpty() ? ByteString.of(".") : path);
            for (int attempt = 1; ; attempt++) {
                long result = scratch.tryCall(Syscall.OPENAT2, number(), name, scratch.smallAddress(), 24, 0, 0);
                if (result >= 0) {
                    return (int) result;
                }
                // EAGAIN: something was renamed during a "..", so the kernel could not be sure.
                if (result != -Errno.EAGAIN.number() || attempt == RESOLVE_ATTEMPTS) {
                    throw new LinuxException("open", path.toString(), (int) -result);
                }
            }
        }
    }

    private static OpenFlag[] with(OpenFlag[] flags, OpenFlag more) {
        OpenFlag[] all = Arrays.copyOf(flags, flags.length + 1);
        all[flags.length] = more;
        return all;
    }
}
