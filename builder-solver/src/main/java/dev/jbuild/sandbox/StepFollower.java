package dev.jbuild.sandbox;

import dev.jbuild.linux.ChildProcess;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.Poll;
import dev.jbuild.sandbox.OutputSink.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Follows a running process: passes on what it prints, ends it when asked, and notices its end.
///
/// The end is that of the process, not of its output: a background process may hold the pipe open, but it dies with
/// the first process of its namespace.
final class StepFollower {
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final long GRACE_MILLISECONDS = 2000;
    private static final int CHUNK = 64 * 1024;

    private final ChildProcess child;
    private final Fd killRequest;
    private final OutputSink sink;
    private final byte[] buffer = new byte[CHUNK];
    private final List<Source> sources = new ArrayList<>();
    private boolean asked;
    private boolean killed;
    private long askedAt;

    /// An output that has not ended.
    private record Source(Fd pipe, Stream stream) {}

    /// @param killRequest becomes readable when the process shall end
    StepFollower(ChildProcess child, Fd killRequest, OutputSink sink) {
        this.child = child;
        this.killRequest = killRequest;
        this.sink = sink;
    }

    ChildProcess.Ending follow(Fd output, Fd error) throws IOException {
        sources.add(new Source(output, Stream.STANDARD_OUTPUT));
        sources.add(new Source(error, Stream.STANDARD_ERROR));
        while (!step()) {
            killAfterGrace();
        }
        ChildProcess.Ending ending = child.waitFor();
        while (readReady(0, List.of())) {
            // What it printed last.
        }
        return ending;
    }

    /// {@return whether the process has ended}
    private boolean step() throws IOException {
        var others = new ArrayList<Fd>();
        others.add(child.handle());
        if (!asked) {
            others.add(killRequest);
        }
        boolean ignored = readReady(timeout(), others);
        if (!asked && isReady(killRequest)) {
            asked = true;
            askedAt = System.nanoTime();
            child.signalAll(SIGTERM);
        }
        return isReady(child.handle());
    }

    private static boolean isReady(Fd descriptor) throws IOException {
        return Poll.readable(List.of(descriptor), 0) != 0;
    }

    private long timeout() {
        return asked && !killed ? Math.max(0, GRACE_MILLISECONDS - millisecondsSinceAsked()) : -1;
    }

    private void killAfterGrace() throws IOException {
        if (asked && !killed && millisecondsSinceAsked() >= GRACE_MILLISECONDS) {
            killed = true;
            child.signal(SIGKILL);
        }
    }

    private long millisecondsSinceAsked() {
        return (System.nanoTime() - askedAt) / 1_000_000;
    }

    /// Waits for output or one of `others`, and passes on the output that is there, one buffer of each.
    ///
    /// @return whether there was any
    private boolean readReady(long timeout, List<Fd> others) throws IOException {
        List<Source> current = List.copyOf(sources);
        var all = new ArrayList<Fd>();
        current.forEach(source -> all.add(source.pipe));
        all.addAll(others);
        long ready = all.isEmpty() ? 0 : Poll.readable(all, timeout);
        boolean any = false;
        for (int i = 0; i < current.size(); i++) {
            if ((ready >> i & 1) == 0) {
                continue;
            }
            Source source = current.get(i);
            int count = source.pipe.read(buffer, 0, CHUNK);
            if (count < 0) {
                sources.remove(source);
            } else {
                sink.write(source.stream, Arrays.copyOf(buffer, count));
                any = true;
            }
        }
        return any;
    }
}
