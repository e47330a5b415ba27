package dev.jbuild.sandbox;

import static dev.jbuild.linux.Argument.number;
import static dev.jbuild.linux.Argument.text;

import dev.jbuild.linux.Argument;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.OpenFlag;
import dev.jbuild.linux.ResourceLimit;
import dev.jbuild.linux.Syscall;
import dev.jbuild.linux.SyscallScript;
import dev.jbuild.sandbox.StepScript.Streams;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The first half of a step's life: from the machine's root to its own.
///
/// Nothing of the image is executed or trusted here. Its paths are resolved by the kernel inside its root, and nobody
/// else can change that meanwhile: the step does not run yet.
final class SetupScript {
    private static final Argument NULL = number(0, "NULL");
    private static final Argument ZERO = number(0);

    private final SandboxSpec spec;
    private final HostFacts host;
    private final ImageFaults faults;
    private final SyscallScript.Builder script = SyscallScript.builder();
    private final Mounts mounts = new Mounts(script);

    SetupScript(SandboxSpec spec, HostFacts host, ImageFaults faults) {
        this.spec = spec;
        this.host = host;
        this.faults = faults;
    }

    SyscallScript write(Streams streams) throws IOException {
        leaveTheSession();
        var root = new RootMounts(spec, host, script, mounts, faults).write();
        if (spec.privateNetwork()) {
            raiseLoopback();
        }
        connectStreams(root.devices(), streams);
        enterRoot(root.root());
        setLimits();
        enterWorkingDirectory(root.root());
        return script.build();
    }

    /// A step has no terminal to push characters into, and its own host name.
    private void leaveTheSession() {
        script.purpose("leave the session");
        script.call(Syscall.SETSID);
        script.call(Syscall.UMASK, ZERO);
        int length = spec.hostname().getBytes(StandardCharsets.UTF_8).length;
        script.call(Syscall.SETHOSTNAME, text(spec.hostname()), number(length));
        // A place for joining the step's control group, which must come before this.
        script.tolerating(0, Errno.EINVAL, Errno.ENOSYS).call(Syscall.UNSHARE, number(0x02000000, "CLONE_NEWCGROUP"));
    }

    private void raiseLoopback() {
        script.purpose("raise the loopback device");
        Argument socket = script.named("socket")
                .call(Syscall.SOCKET, number(2, "AF_INET"), number(0x80002, "SOCK_DGRAM|SOCK_CLOEXEC"), ZERO);
        var request = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
        request.put(new byte[] {'l', 'o'}).putShort(16, (short) 0x41);
        Argument raise = new Argument.Memory(ByteString.ofBytes(request.array()), "{lo, IFF_UP|IFF_RUNNING}");
        script.call(Syscall.IOCTL, socket, number(0x8914, "SIOCSIFFLAGS"), raise);
    }

    private void connectStreams(Argument devices, Streams streams) {
        script.purpose("connect the standard streams");
        Argument nothing = script.named("null")
                .call(Syscall.OPENAT, devices, text("null"), Argument.openFlags(OpenFlag.READ_WRITE), ZERO);
        script.call(Syscall.DUP3, nothing, number(0), ZERO);
        script.call(Syscall.DUP3, Argument.descriptor(streams.output(), "stdout"), number(1), ZERO);
        script.call(Syscall.DUP3, Argument.descriptor(streams.error(), "stderr"), number(2), ZERO);
    }

    /// After this no path leads to the machine's own root any more.
    private void enterRoot(Argument root) {
        script.purpose("enter the root");
        script.call(Syscall.FCHDIR, root);
        script.call(Syscall.PIVOT_ROOT, text("."), text("."));
        script.call(Syscall.UMOUNT2, text("."), number(2, "MNT_DETACH"));
    }

    private void setLimits() {
        script.purpose("set limits");
        long soft = Math.min(1024, host.openFiles());
        limit(ResourceLimit.OPEN_FILES, soft, host.openFiles(), "{soft=1024, hard=at most 524288}");
        limit(ResourceLimit.CORE, 0, 0, "{0, 0}");
        script.call(Syscall.UMASK, Argument.octal(022));
    }

    private void limit(ResourceLimit resource, long soft, long hard, String label) {
        Argument number = number(resource.number(), resource.toString());
        script.call(Syscall.PRLIMIT64, ZERO, number, Argument.longs(label, soft, hard), NULL);
    }

    /// Descriptors of the machine are still open, so a working directory below `/proc/self/fd` could lead out: links
    /// of that kind are refused.
    private void enterWorkingDirectory(Argument root) {
        script.purpose("enter the working directory");
        Argument directory = mounts.openInRoot(root, spec.workingDirectory(), OpenFlag.PATH, OpenFlag.DIRECTORY);
        faults.declare(directory, "cannot enter the working directory '" + spec.workingDirectory() + "'");
        script.call(Syscall.FCHDIR, directory);
    }
}
