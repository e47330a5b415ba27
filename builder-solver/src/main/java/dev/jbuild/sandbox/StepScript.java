package dev.jbuild.sandbox;

import dev.jbuild.linux.ChildScript;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.Namespace;
import dev.jbuild.linux.SyscallScript;
import java.io.IOException;
import java.util.EnumSet;

/// The system calls of one step.
///
/// @param child everything up to the start of the program
/// @param faultsOfTheImage what cannot work because of the image or the step, rather than because of this machine
record StepScript(ChildScript child, ImageFaults faultsOfTheImage) {
    /// The standard descriptors that a step gets.
    record Streams(Fd output, Fd error) {}

    static StepScript of(SandboxSpec spec, HostFacts host, Streams streams) throws IOException {
        var namespaces = EnumSet.of(Namespace.MOUNT, Namespace.PROCESS, Namespace.IPC, Namespace.HOSTNAME);
        if (spec.privateNetwork()) {
            namespaces.add(Namespace.NETWORK);
        }
        var faults = new ImageFaults(spec);
        SyscallScript setup = new SetupScript(spec, host, faults).write(streams);
        SyscallScript confinement = ConfinementScript.of(spec.user(), host);
        SyscallScript execution = ProgramCandidates.script(spec);
        return new StepScript(new ChildScript(namespaces, setup, confinement, execution), faults);
    }
}
