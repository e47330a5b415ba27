package dev.jbuild.sandbox;

import static dev.jbuild.linux.Argument.number;
import static dev.jbuild.linux.Argument.text;

import dev.jbuild.linux.Argument;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.OpenFlag;
import dev.jbuild.linux.Syscall;
import dev.jbuild.linux.SyscallScript;
import java.util.Map;

/// The vocabulary of mounting in a script, on descriptors: see fsopen(2), open_tree(2), move_mount(2).
final class Mounts {
    static final Argument HERE = number(-100, "AT_FDCWD");

    private static final Argument NOTHING = text("");
    private static final Argument NULL = number(0, "NULL");
    private static final Argument ZERO = number(0);
    private static final Argument FROM_DESCRIPTOR = number(4, "MOVE_MOUNT_F_EMPTY_PATH");
    private static final Argument BY_DESCRIPTORS = number(0x44, "MOVE_MOUNT_F_EMPTY_PATH|MOVE_MOUNT_T_EMPTY_PATH");
    private static final Argument CLONE = number(0x80001, "OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC");
    private static final Argument CLONE_ALL = number(0x88001, "OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC|AT_RECURSIVE");
    private static final int IN_ROOT = 16;
    private static final int NO_MAGIC_LINKS = 2;

    private final SyscallScript.Builder script;

    Mounts(SyscallScript.Builder script) {
        this.script = script;
    }

    /// What a mount does not allow, see mount_setattr(2).
    enum Attributes {
        NO_SET_ID(2, "MOUNT_ATTR_NOSUID"),
        NO_EXECUTION(10, "MOUNT_ATTR_NOSUID|MOUNT_ATTR_NOEXEC"),
        NO_DEVICES(14, "MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV|MOUNT_ATTR_NOEXEC"),
        READ_ONLY_NO_EXECUTION(15, "MOUNT_ATTR_RDONLY|MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV|MOUNT_ATTR_NOEXEC"),
        READ_ONLY(7, "MOUNT_ATTR_RDONLY|MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV");

        private final long bits;
        private final String label;

        Attributes(long bits, String label) {
            this.bits = bits;
            this.label = label;
        }

        private Argument flags() {
            return number(bits, label);
        }

        private Argument structure() {
            return Argument.longs("{" + label + "}", bits, 0, 0, 0);
        }
    }

    /// Makes a new instance of a file system that is not attached anywhere yet.
    ///
    /// @return its root
    /// @param name how later calls print it
    Argument create(String name, String type, Map<String, String> options, Attributes attributes) {
        Argument context = script.named("context").call(Syscall.FSOPEN, text(type), number(1, "FSOPEN_CLOEXEC"));
        configure(context, "source", type);
        options.forEach((key, value) -> configure(context, key, value));
        script.call(Syscall.FSCONFIG, context, number(6, "FSCONFIG_CMD_CREATE"), NULL, NULL, ZERO);
        return script.named(name).call(Syscall.FSMOUNT, context, number(1, "FSMOUNT_CLOEXEC"), attributes.flags());
    }

    private void configure(Argument context, String key, String value) {
        script.call(Syscall.FSCONFIG, context, number(1, "FSCONFIG_SET_STRING"), text(key), text(value), ZERO);
    }

    /// Makes a second, unattached mount of one file or directory.
    Argument bind(Argument directory, ByteString name) {
        return script.named("bind").call(Syscall.OPEN_TREE, directory, text(name), CLONE);
    }

    /// [#bind] with all mounts below.
    Argument bindAll(Argument directory, ByteString name) {
        return script.named("bind").call(Syscall.OPEN_TREE, directory, text(name), CLONE_ALL);
    }

    /// Restricts a mount that is not attached yet.
    void restrict(Argument mount, Attributes attributes) {
        restrict(mount, attributes, number(0x1000, "AT_EMPTY_PATH"));
    }

    /// [#restrict] with all mounts below.
    void restrictAll(Argument mount, Attributes attributes) {
        restrict(mount, attributes, number(0x9000, "AT_EMPTY_PATH|AT_RECURSIVE"));
    }

    private void restrict(Argument mount, Attributes attributes, Argument flags) {
        script.call(Syscall.MOUNT_SETATTR, mount, NOTHING, flags, attributes.structure(), number(32));
    }

    /// Attaches a mount to an open file or directory.
    void attach(Argument mount, Argument target) {
        script.call(Syscall.MOVE_MOUNT, mount, NOTHING, target, NOTHING, BY_DESCRIPTORS);
    }

    /// Attaches a mount to a name in a directory that nobody else can change.
    void attach(Argument mount, Argument directory, String name) {
        script.call(Syscall.MOVE_MOUNT, mount, NOTHING, directory, text(name), FROM_DESCRIPTOR);
    }

    /// [#attach(Argument, Argument, String)] that does nothing when the name is not there.
    void attachIfThere(Argument mount, Argument directory, String name) {
        script.tolerating(0, Errno.ENOENT);
        attach(mount, directory, name);
    }

    /// Opens a handle on a path of the image, which stays inside `root` whatever its symbolic links say.
    Argument openInRoot(Argument root, ByteString path, OpenFlag... flags) {
        Argument how = Argument.openHow(IN_ROOT | NO_MAGIC_LINKS, "RESOLVE_IN_ROOT|RESOLVE_NO_MAGICLINKS", flags);
        return script.named("target").call(Syscall.OPENAT2, root, text(path), how, number(24));
    }

    void makeDirectory(Argument parent, ByteString name) {
        script.call(Syscall.MKDIRAT, parent, text(name), Argument.octal(0755));
    }

    /// Makes a file with content, if any.
    void makeFile(Argument parent, ByteString name, int mode, ByteString content) {
        Argument flags = Argument.openFlags(OpenFlag.WRITE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE);
        Argument file = script.named("file").call(Syscall.OPENAT, parent, text(name), flags, Argument.octal(mode));
        if (!content.isEmpty()) {
            script.call(Syscall.WRITE, file, text(content), number(content.length()));
        }
        // An open writer would keep the mount from becoming read-only.
        script.call(Syscall.CLOSE, file);
    }
}
