package dev.jbuild.sandbox;

import static dev.jbuild.linux.Argument.number;

import dev.jbuild.linux.Argument;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.Syscall;
import dev.jbuild.linux.SyscallScript;
import dev.jbuild.sandbox.SandboxSpec.User;
import java.util.Set;

/// What the process of a step gives up, in the order in which it still may: filter, bounding set, ids, capabilities.
final class ConfinementScript {
    /// The capabilities of a container, see capabilities(7): CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID,
    /// SETPCAP, NET_BIND_SERVICE, NET_RAW, SYS_CHROOT, MKNOD, AUDIT_WRITE, SETFCAP. Dockerfiles rely on them; what
    /// MKNOD makes cannot be opened, because the root is mounted without devices.
    private static final Set<Integer> KEPT = Set.of(0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31);

    /// A capability set has 64 bits; Linux 6.18 knows 41.
    private static final int CAPABILITIES = 64;

    private static final int KNOWN_CAPABILITIES = 41;
    private static final int CAPABILITY_VERSION = 0x20080522;
    private static final Argument ZERO = number(0);

    private static final SyscallScript FOR_EVERY_STEP = forEveryStep();

    private ConfinementScript() {}

    static SyscallScript of(User user, HostFacts host) {
        var script = SyscallScript.builder();
        becomeUser(script, user, host);
        limitCapabilities(script, user);
        return seccomp().then(FOR_EVERY_STEP).then(script.build());
    }

    /// {@return the calls that load the filter of system calls}; it must come first, while loading one needs no
    /// `no_new_privs`, which would disable `sudo` and its like.
    private static SyscallScript seccomp() {
        return SyscallScript.builder().build();
    }

    private static SyscallScript forEveryStep() {
        var script = SyscallScript.builder();
        joinNewKeyring(script);
        dropBoundingSet(script);
        return script.build();
    }

    /// The keys of whoever runs jbuild are not for the step. Inside a container the call may be forbidden, or a user's
    /// quota of keys be used up: then the step has no keys either.
    private static void joinNewKeyring(SyscallScript.Builder script) {
        script.purpose("leave the session's keys");
        script.tolerating(0, Errno.EPERM, Errno.ENOSYS, Errno.EDQUOT, Errno.EACCES)
                .call(Syscall.KEYCTL, number(1, "KEYCTL_JOIN_SESSION_KEYRING"), number(0, "NULL"));
    }

    private static void dropBoundingSet(SyscallScript.Builder script) {
        script.purpose("drop capabilities");
        for (int capability = 0; capability < CAPABILITIES; capability++) {
            if (KEPT.contains(capability)) {
                continue;
            }
            if (capability >= KNOWN_CAPABILITIES) {
                script.tolerating(0, Errno.EINVAL);
            }
            script.call(Syscall.PRCTL, number(24, "PR_CAPBSET_DROP"), number(capability), ZERO, ZERO, ZERO);
        }
        script.call(
                Syscall.PRCTL, number(47, "PR_CAP_AMBIENT"), number(4, "PR_CAP_AMBIENT_CLEAR_ALL"), ZERO, ZERO, ZERO);
    }

    private static void becomeUser(SyscallScript.Builder script, User user, HostFacts host) {
        script.purpose("become user " + Integer.toUnsignedString(user.uid()) + " of group "
                + Integer.toUnsignedString(user.gid()));
        int[] groups = user.groups().stream().mapToInt(Integer::intValue).toArray();
        // Where groups cannot be dropped, those of whoever runs jbuild stay, without a number in the step.
        if (!host.groupsFixed() || groups.length > 0) {
            Argument list = Argument.integers(user.groups().toString(), groups);
            script.call(Syscall.SETGROUPS, number(groups.length), list);
        }
        Argument gid = number(Integer.toUnsignedLong(user.gid()));
        script.call(Syscall.SETRESGID, gid, gid, gid);
        Argument uid = number(Integer.toUnsignedLong(user.uid()));
        script.call(Syscall.SETRESUID, uid, uid, uid);
    }

    /// A user other than root keeps none, and gets back what the bounding set allows by executing a set-id program.
    private static void limitCapabilities(SyscallScript.Builder script, User user) {
        script.purpose("limit capabilities");
        int kept = user.uid() == 0 ? KEPT.stream().mapToInt(bit -> 1 << bit).sum() : 0;
        String label = "{effective=permitted=0x" + Integer.toHexString(kept) + ", inheritable=0}";
        script.call(
                Syscall.CAPSET,
                Argument.integers("{_LINUX_CAPABILITY_VERSION_3}", CAPABILITY_VERSION, 0),
                Argument.integers(label, kept, kept, 0, 0, 0, 0));
    }
}
