package dev.jbuild.sandbox;

import static dev.jbuild.linux.Argument.number;
import static dev.jbuild.linux.Argument.text;

import dev.jbuild.linux.Argument;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.OpenFlag;
import dev.jbuild.linux.Syscall;
import dev.jbuild.linux.SyscallScript;
import dev.jbuild.sandbox.Mounts.Attributes;
import dev.jbuild.sandbox.SandboxSpec.Bind;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Mounts the root of a step and what stands in it.
///
/// The root is an overlay of the layers. Below them all lies one layer more, on a private tmpfs, with an empty
/// directory or file for everything that is mounted: a mount point that the image lacks comes from there, so none is
/// ever made in the upper directory, and nothing has to be removed from the layer afterwards. What the image has
/// itself hides it.
///
/// The tmpfs also holds symbolic links to the layers under short names, because the options of a mount end at one
/// page and a path in them could contain `:` or `,`. (Descriptors opened by the Java process would not do: overlayfs
/// refuses directories of another mount namespace.)
final class RootMounts {
    private static final ByteString STUBS = ByteString.of("stubs");
    private static final ByteString HOSTS = ByteString.of("hosts");
    private static final ByteString RESOLV_CONF = ByteString.of("resolv.conf");
    private static final ByteString DEVICES = ByteString.of("/dev/");
    private static final List<String> DIRECTORIES = List.of("dev", "etc", "proc", "sys");

    private final SandboxSpec spec;
    private final HostFacts host;
    private final SyscallScript.Builder script;
    private final Mounts mounts;
    private final ImageFaults faults;

    /// What later calls need.
    ///
    /// @param root a handle on the new root
    /// @param devices the new `/dev`
    record Handles(Argument root, Argument devices) {}

    RootMounts(SandboxSpec spec, HostFacts host, SyscallScript.Builder script, Mounts mounts, ImageFaults faults) {
        this.spec = spec;
        this.host = host;
        this.script = script;
        this.mounts = mounts;
        this.faults = faults;
    }

    Handles write() throws IOException {
        script.purpose("keep mounts private");
        Argument recursivelyPrivate = number(0x44000, "MS_REC|MS_PRIVATE");
        Argument nothing = number(0, "NULL");
        script.call(Syscall.MOUNT, nothing, text("/"), nothing, recursivelyPrivate, nothing);
        Argument scratch = makeScratch();
        Argument root = mountRoot(scratch);
        var devices = new DeviceMounts(host, script, mounts).write(target(root, "dev"));
        var kernel = new KernelMounts(host, script, mounts);
        kernel.writeProc(target(root, "proc"), scratch);
        kernel.writeSys(target(root, "sys"), scratch);
        script.purpose("mount /etc/hosts and /etc/resolv.conf");
        bindOverImage(scratch, HOSTS, root);
        bindOverImage(scratch, RESOLV_CONF, root);
        for (Bind bind : spec.binds()) {
            if (bind.target().startsWith(DEVICES)) {
                bindBelowDevices(bind, devices);
            } else {
                bindFromMachine(bind, root);
            }
        }
        return new Handles(root, devices);
    }

    private Argument makeScratch() throws IOException {
        script.purpose("prepare mount points");
        Argument scratch = mounts.create("scratch", "tmpfs", Map.of("mode", "0755"), Attributes.NO_DEVICES);
        // Any directory will do that no layer lies below; the old root disappears with it.
        mounts.attach(scratch, Mounts.HERE, "/proc");
        script.call(Syscall.FCHDIR, scratch);
        mounts.makeDirectory(scratch, ByteString.of("root"));
        mounts.makeDirectory(scratch, KernelMounts.EMPTY_DIRECTORY);
        mounts.makeFile(scratch, KernelMounts.EMPTY_FILE, 0, ByteString.EMPTY);
        mounts.makeFile(scratch, HOSTS, 0644, spec.hosts());
        mounts.makeFile(scratch, RESOLV_CONF, 0644, spec.resolvConf());
        makeStubs(scratch);
        Directory upper = spec.root().upper();
        script.call(Syscall.SYMLINKAT, text(upper.currentPath()), scratch, text("upper"));
        script.call(Syscall.SYMLINKAT, text(spec.root().work().currentPath()), scratch, text("work"));
        List<Directory> lowers = spec.root().lowers();
        for (int i = 0; i < lowers.size(); i++) {
            script.call(Syscall.SYMLINKAT, text(lowers.get(i).currentPath()), scratch, text(Integer.toString(i)));
        }
        mounts.restrict(scratch, Attributes.READ_ONLY_NO_EXECUTION);
        return scratch;
    }

    private void makeStubs(Argument scratch) throws IOException {
        var made = new HashSet<ByteString>();
        for (String name : DIRECTORIES) {
            makeDirectories(scratch, ByteString.of(name), made);
        }
        ByteString etc = STUBS.resolve(ByteString.of("etc"));
        mounts.makeFile(scratch, etc.resolve(HOSTS), 0644, ByteString.EMPTY);
        mounts.makeFile(scratch, etc.resolve(RESOLV_CONF), 0644, ByteString.EMPTY);
        for (Bind bind : spec.binds()) {
            if (bind.target().startsWith(DEVICES)) {
                continue;
            }
            ByteString path = bind.target().substring(1);
            if (bind.source().status().isDirectory()) {
                makeDirectories(scratch, path, made);
            } else if (!made.contains(path)) {
                makeDirectories(scratch, path.parent(), made);
                mounts.makeFile(scratch, STUBS.resolve(path), 0644, ByteString.EMPTY);
                made.add(path);
            }
        }
    }

    private void makeDirectories(Argument scratch, ByteString path, Set<ByteString> made) {
        if (!path.isEmpty()) {
            makeDirectories(scratch, path.parent(), made);
        }
        if (made.add(path)) {
            mounts.makeDirectory(scratch, STUBS.resolve(path));
        }
    }

    private Argument mountRoot(Argument scratch) {
        script.purpose("mount the root");
        var options = new StringBuilder("lowerdir=");
        for (int i = 0; i < spec.root().lowers().size(); i++) {
            options.append(i).append(':');
        }
        // No directory and no content stands anywhere but under its own name, whatever attributes a layer has. And
        // nothing waits for the disk: whoever keeps the upper directory syncs it.
        options.append(STUBS).append(",upperdir=upper,workdir=work");
        options.append(",redirect_dir=nofollow,metacopy=off,index=off,volatile");
        if (host.ownUserNamespace()) {
            options.append(",userxattr");
        }
        script.call(
                Syscall.MOUNT,
                text("overlay"),
                text("root"),
                text("overlay"),
                number(4, "MS_NODEV"),
                text(options.toString()));
        return script.named("root")
                .call(
                        Syscall.OPENAT,
                        scratch,
                        text("root"),
                        Argument.openFlags(OpenFlag.PATH, OpenFlag.DIRECTORY),
                        number(0));
    }

    /// A directory of the image that a file system is mounted on: an ordinary one, not a link to somewhere.
    private Argument target(Argument root, String name) {
        script.purpose("mount /" + name);
        Argument target =
                mounts.openInRoot(root, ByteString.of(name), OpenFlag.PATH, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW);
        faults.declare(target, "'/" + name + "' of the image is not a directory that can be mounted on");
        return target;
    }

    /// Binds a file over `/etc/NAME` of the image, or over what it links to, or, when the link leads nowhere, over the
    /// link itself. An image that has no such directory at all, or something else in its place, gets none.
    private void bindOverImage(Argument scratch, ByteString name, Argument root) {
        ByteString path = ByteString.of("etc").resolve(name);
        Errno[] absent = {Errno.ENOTDIR, Errno.ELOOP, Errno.EXDEV};
        script.tolerating(3, Errno.ENOENT, absent);
        Argument target = mounts.openInRoot(root, path, OpenFlag.PATH);
        Argument file = mounts.bind(scratch, name);
        mounts.attach(file, target);
        script.skippingAfterSuccess(3).call(Syscall.GETPID);
        script.tolerating(2, Errno.ENOENT, absent);
        Argument link = mounts.openInRoot(root, path, OpenFlag.PATH, OpenFlag.NO_FOLLOW);
        Argument again = mounts.bind(scratch, name);
        mounts.attach(again, link);
    }

    /// The step's own `/dev` has no stubs, and nobody but this script can have put anything there yet.
    private void bindBelowDevices(Bind bind, Argument devices) throws IOException {
        script.purpose("mount " + bind.target());
        ByteString path = bind.target().substring(DEVICES.length());
        if (!path.parent().isEmpty()) {
            script.tolerating(0, Errno.EEXIST);
            mounts.makeDirectory(devices, path.parent());
        }
        mounts.makeFile(devices, path, 0644, ByteString.EMPTY);
        Argument mount = mounts.bindAll(Mounts.HERE, bind.source().currentPath());
        mounts.restrictAll(mount, Attributes.READ_ONLY);
        mounts.attach(mount, devices, path.toString());
    }

    private void bindFromMachine(Bind bind, Argument root) throws IOException {
        script.purpose("mount " + bind.target());
        Argument mount = mounts.bindAll(Mounts.HERE, bind.source().currentPath());
        mounts.restrictAll(mount, Attributes.READ_ONLY);
        Argument target = mounts.openInRoot(root, bind.target(), OpenFlag.PATH);
        faults.declare(target, "cannot mount on '" + bind.target() + "' of the image");
        mounts.attach(mount, target);
    }
}
