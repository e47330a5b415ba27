package dev.jbuild.sandbox;

import java.io.IOException;

/// The sandbox made of namespaces, an overlay mount and a list of system calls.
///
/// It starts no helper program and leaves nothing behind: mounts and processes of a step live in namespaces that end
/// with its first process, and that one ends with the thread of the Java process that started it.
public final class LinuxSandbox implements Sandbox {
    private final HostFacts host;

    private LinuxSandbox(HostFacts host) {
        this.host = host;
    }

    /// {@return a sandbox for this machine}
    ///
    /// @throws IOException when `/proc` or `/sys` cannot be read
    public static LinuxSandbox open() throws IOException {
        return new LinuxSandbox(HostFacts.read());
    }

    @Override
    public RunningStep start(SandboxSpec spec, OutputSink output) throws IOException {
        return StepThread.start(spec, host, output);
    }
}
