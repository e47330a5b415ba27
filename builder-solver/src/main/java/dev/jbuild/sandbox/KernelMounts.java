package dev.jbuild.sandbox;

import dev.jbuild.linux.Argument;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.SyscallScript;
import dev.jbuild.sandbox.Mounts.Attributes;
import java.util.List;
import java.util.Map;

/// Mounts `/proc` and `/sys`, and hides or protects what in them tells about the machine or changes it.
///
/// A kernel that does not have one of these files is fine. Every other failure ends the step: it never runs with half
/// of the masks.
final class KernelMounts {
    static final ByteString EMPTY_DIRECTORY = ByteString.of("empty");
    static final ByteString EMPTY_FILE = ByteString.of("nothing");

    private static final List<String> MASKED_FILES = List.of(
            "interrupts",
            "kcore",
            "key-users",
            "keys",
            "kmsg",
            "kpagecgroup",
            "kpagecount",
            "kpageflags",
            "latency_stats",
            "pagetypeinfo",
            "sched_debug",
            "slabinfo",
            "timer_list",
            "timer_stats",
            "vmallocinfo");

    private static final List<String> MASKED_DIRECTORIES = List.of("acpi", "asound", "scsi");
    private static final List<String> READ_ONLY = List.of("bus", "fs", "irq", "sys", "sysrq-trigger");

    private static final List<String> MASKED_SYS_DIRECTORIES = List.of(
            "devices/virtual/powercap",
            "firmware",
            "fs/bpf",
            "fs/pstore",
            "fs/selinux",
            "kernel/debug",
            "kernel/security",
            "kernel/tracing",
            "power");

    private final HostFacts host;
    private final SyscallScript.Builder script;
    private final Mounts mounts;

    KernelMounts(HostFacts host, SyscallScript.Builder script, Mounts mounts) {
        this.host = host;
        this.script = script;
        this.mounts = mounts;
    }

    /// Mounts `/proc`.
    ///
    /// @param scratch a read-only directory with [#EMPTY_DIRECTORY] and [#EMPTY_FILE]
    void writeProc(Argument target, Argument scratch) {
        Argument proc = mounts.create("proc", "proc", Map.of(), Attributes.NO_DEVICES);
        mounts.attach(proc, target);
        MASKED_FILES.forEach(name -> mask(scratch, EMPTY_FILE, proc, name));
        MASKED_DIRECTORIES.forEach(name -> mask(scratch, EMPTY_DIRECTORY, proc, name));
        READ_ONLY.forEach(name -> protect(proc, name));
    }

    /// Mounts `/sys`.
    ///
    /// @param scratch a read-only directory with [#EMPTY_DIRECTORY]
    void writeSys(Argument target, Argument scratch) {
        Argument sys = makeSys();
        mounts.attach(sys, target);
        MASKED_SYS_DIRECTORIES.forEach(name -> mask(scratch, EMPTY_DIRECTORY, sys, name));
        host.thermalThrottles().forEach(name -> mask(scratch, EMPTY_DIRECTORY, sys, name));
    }

    /// In a user namespace a new sysfs needs a network namespace of its own as well, so there it is the machine's.
    private Argument makeSys() {
        if (!host.ownUserNamespace()) {
            return mounts.create("sys", "sysfs", Map.of(), Attributes.READ_ONLY_NO_EXECUTION);
        }
        Argument sys = mounts.bindAll(Mounts.HERE, ByteString.of("/sys"));
        mounts.restrictAll(sys, Attributes.READ_ONLY_NO_EXECUTION);
        return sys;
    }

    private void mask(Argument scratch, ByteString source, Argument directory, String name) {
        mounts.attachIfThere(mounts.bind(scratch, source), directory, name);
    }

    private void protect(Argument proc, String name) {
        script.tolerating(2, Errno.ENOENT);
        Argument mount = mounts.bind(proc, ByteString.of(name));
        mounts.restrict(mount, Attributes.READ_ONLY_NO_EXECUTION);
        mounts.attach(mount, proc, name);
    }
}
