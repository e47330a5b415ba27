package dev.jbuild.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Extended attributes of names in a directory, see xattr(7). A symbolic link is not followed.
///
/// The calls take only whole paths, so the way there is the directory's descriptor in `/proc/self/fd`.
public final class Xattrs {
    private Xattrs() {}

    /// {@return all attributes this process may see, by name; empty when the file system has none}
    public static SortedMap<ByteString, ByteString> read(Directory directory, ByteString name) throws LinuxException {
        var values = new TreeMap<ByteString, ByteString>();
        for (ByteString attribute : names(directory, name)) {
            // One that vanished since the listing is simply not there.
            find(directory, name, attribute).ifPresent(value -> values.put(attribute, value));
        }
        return values;
    }

    /// {@return the value of one attribute, if there is one}
    public static Optional<ByteString> find(Directory directory, ByteString name, ByteString attribute)
            throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long path = scratch.path("lgetxattr", path(directory, name));
            long key = scratch.otherPath("lgetxattr", attribute);
            long result = scratch.tryCall(Syscall.LGETXATTR, path, key, scratch.dataAddress(), Scratch.DATA_SIZE, 0, 0);
            if (result == -Errno.ENODATA.number() || result == -Errno.EOPNOTSUPP.number()) {
                return Optional.empty();
            }
            return Optional.of(ByteString.wrap(bytes(scratch, check(result, "lgetxattr", name))));
        }
    }

    public static void set(Directory directory, ByteString name, ByteString attribute, ByteString value)
            throws LinuxException {
        if (value.length() > Scratch.DATA_SIZE) {
            throw new LinuxException("lsetxattr", name.toString(), Errno.E2BIG.number());
        }
        try (Scratch scratch = Scratch.borrow()) {
            long path = scratch.path("lsetxattr", path(directory, name));
            long key = scratch.otherPath("lsetxattr", attribute);
            MemorySegment.copy(value.array(), 0, scratch.data, ValueLayout.JAVA_BYTE, 0, value.length());
            long result = scratch.tryCall(Syscall.LSETXATTR, path, key, scratch.dataAddress(), value.length(), 0, 0);
            int ignored = check(result, "lsetxattr " + attribute + " on", name);
        }
    }

    public static void remove(Directory directory, ByteString name, ByteString attribute) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long path = scratch.path("lremovexattr", path(directory, name));
            long key = scratch.otherPath("lremovexattr", attribute);
            long result = scratch.tryCall(Syscall.LREMOVEXATTR, path, key, 0, 0, 0, 0);
            int ignored = check(result, "lremovexattr " + attribute + " on", name);
        }
    }

    private static List<ByteString> names(Directory directory, ByteString name) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long path = scratch.path("llistxattr", path(directory, name));
            long result = scratch.tryCall(Syscall.LLISTXATTR, path, scratch.dataAddress(), Scratch.DATA_SIZE, 0, 0, 0);
            if (result == 0 || result == -Errno.EOPNOTSUPP.number()) {
                return List.of();
            }
            byte[] list = bytes(scratch, check(result, "llistxattr", name));
            var names = new ArrayList<ByteString>();
            int start = 0;
            for (int i = 0; i < list.length; i++) {
                if (list[i] == 0) {
                    names.add(ByteString.ofBytes(list, start, i - start));
                    start = i + 1;
                }
            }
            return names;
        }
    }

    private static int check(long result, String call, ByteString name) throws LinuxException {
        if (result < 0) {
            throw new LinuxException(call, name.toString(), (int) -result);
        }
        return (int) result;
    }

    private static byte[] bytes(Scratch scratch, int length) {
        return scratch.data.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private static ByteString path(Directory directory, ByteString name) {
        return directory.processPath().resolve(name);
    }
}
