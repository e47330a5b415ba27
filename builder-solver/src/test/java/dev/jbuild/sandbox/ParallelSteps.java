package dev.jbuild.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Runs eight steps of two seconds at once on virtual threads; a program, because the number of their carriers is
/// fixed when the Java process starts.
final class ParallelSteps {
    private ParallelSteps() {}

    public static void main(String[] arguments) throws Exception {
        BusyboxRoot root = BusyboxRoot.in(Path.of(arguments[0]));
        long start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<StepStatus>> running = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(
                            () -> root.shell("sleep 2; exit " + i).status()))
                    .toList();
            for (Future<StepStatus> step : running) {
                System.out.print(step.get().exitCode());
            }
        }
        System.out.println((System.nanoTime() - start) / 1_000_000_000 < 8 ? " at once" : " one by one");
    }
}
