package dev.jbuild.sandbox;

import dev.jbuild.linux.ChildProcess;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.linux.Pipe;
import dev.jbuild.linux.ScriptException;
import dev.jbuild.sandbox.StepScript.Streams;
import dev.jbuild.sandbox.StepStatus.Exited;
import dev.jbuild.sandbox.StepStatus.Killed;
import dev.jbuild.sandbox.StepStatus.NotStarted;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The platform thread of one step: it starts the process, passes on its output and waits for its end. Blocking calls
/// of the kernel happen only here.
final class StepThread implements RunningStep {
    private final SandboxSpec spec;
    private final HostFacts host;
    private final OutputSink sink;
    private final FutureTask<SandboxResult> task = new FutureTask<>(this::run);

    /// [#kill()] closes its write end, which makes the read end ready and so wakes the thread.
    private final Pipe kill;

    private StepThread(SandboxSpec spec, HostFacts host, OutputSink sink, Pipe kill) {
        this.spec = spec;
        this.host = host;
        this.sink = sink;
        this.kill = kill;
    }

    static StepThread start(SandboxSpec spec, HostFacts host, OutputSink sink) throws LinuxException {
        var step = new StepThread(spec, host, sink, Pipe.open());
        Thread.ofPlatform().name("step").daemon().start(step.task);
        return step;
    }

    @Override
    public SandboxResult await() throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new AssertionError("a step throws nothing else", failed);
            }
        }
    }

    @Override
    public void awaitUninterruptibly() {
        boolean interrupted = false;
        while (!task.isDone()) {
            try {
                SandboxResult ignored = task.get();
            } catch (InterruptedException again) {
                interrupted = true;
            } catch (ExecutionException ended) {
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void kill() {
        kill.writeEnd().close();
    }

    private SandboxResult run() throws IOException {
        try (kill;
                Pipe output = Pipe.open();
                Pipe error = Pipe.open()) {
            var script = StepScript.of(spec, host, new Streams(own(output.writeEnd()), own(error.writeEnd())));
            try (ChildProcess child = ChildProcess.start(script.child())) {
                sink.mounted();
                output.writeEnd().close();
                error.writeEnd().close();
                var follower = new StepFollower(child, kill.readEnd(), sink);
                ChildProcess.Ending ending = follower.follow(output.readEnd(), error.readEnd());
                MountPoints.forget(spec.root());
                return new SandboxResult(
                        ending.signal() == 0 ? new Exited(ending.code()) : new Killed(ending.signal()));
            } catch (ScriptException failure) {
                NotStarted fault = script.faultsOfTheImage().find(failure);
                if (fault == null) {
                    throw new SandboxUnavailableException(failure);
                }
                MountPoints.forget(spec.root());
                return new SandboxResult(fault);
            }
        }
    }

    /// A user other than root could not open `/dev/stdout` again when the pipe were root's.
    private Fd own(Fd pipe) throws LinuxException {
        if (spec.user().uid() != 0) {
            pipe.setOwner(spec.user().uid(), spec.user().gid());
        }
        return pipe;
    }
}
