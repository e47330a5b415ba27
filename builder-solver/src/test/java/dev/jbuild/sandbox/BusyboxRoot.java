package dev.jbuild.sandbox;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.sandbox.OutputSink.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;

/// A root file system of one program, on which the tests run steps as their user, each on a fresh upper directory.
final class BusyboxRoot {
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    final Path directory;
    final Path image;
    private int steps;

    private BusyboxRoot(Path directory, Path image) {
        this.directory = directory;
        this.image = image;
    }

    /// What a step did.
    record Outcome(StepStatus status, String output, String error, Path upper) {
        /// All paths of the upper directory, as find(1) would sort them.
        List<String> changes() throws IOException {
            try (var paths = Files.walk(upper)) {
                return paths.filter(path -> !path.equals(upper))
                        .map(path -> upper.relativize(path).toString())
                        .sorted()
                        .toList();
            }
        }
    }

    /// {@return a root in `directory`, or skips the test when it cannot be}
    static BusyboxRoot in(Path directory) throws IOException {
        skipUnless(Files.isExecutable(BUSYBOX), "needs busybox-static");
        skipUnless("root".equals(System.getProperty("user.name")), "needs root, or root of a user namespace");
        Path image = Files.createDirectory(directory.resolve("image"));
        Path programs = Files.createDirectory(image.resolve("bin"));
        Files.copy(BUSYBOX, programs.resolve("busybox"));
        for (String name :
                "sh cat ls id sleep stat true rm mkdir touch ln env grep head readlink kill chmod wc".split(" ")) {
            Files.createSymbolicLink(programs.resolve(name), Path.of("busybox"));
        }
        return new BusyboxRoot(directory, image);
    }

    private static void skipUnless(boolean condition, String reason) {
        if (System.getenv("CI") == null) {
            Assumptions.assumeTrue(condition, reason);
        } else if (!condition) {
            throw new AssertionError(reason);
        }
    }

    Outcome shell(String text) throws Exception {
        return run(spec -> spec, "/bin/sh", "-c", text);
    }

    Outcome run(UnaryOperator<SandboxSpec.Builder> change, String... arguments) throws Exception {
        return run(List.of(image), change, arguments);
    }

    Outcome run(List<Path> layers, UnaryOperator<SandboxSpec.Builder> change, String... arguments) throws Exception {
        var output = new Output();
        try (var prepared = prepare(layers, change, arguments)) {
            SandboxResult result = LinuxSandbox.open().run(prepared.spec, output);
            return new Outcome(
                    result.status(),
                    output.text(Stream.STANDARD_OUTPUT),
                    output.text(Stream.STANDARD_ERROR),
                    prepared.upper);
        }
    }

    Prepared prepare(List<Path> layers, UnaryOperator<SandboxSpec.Builder> change, String... arguments)
            throws IOException {
        Path step;
        synchronized (this) {
            step = Files.createDirectory(directory.resolve("step-" + ++steps));
        }
        return new Prepared(step, layers, change, arguments);
    }

    static ByteString bytes(String text) {
        return ByteString.of(text);
    }

    /// {@return the processes of the machine with this in their command line}
    static List<Path> processes(String commandLine) throws IOException {
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(path -> Files.isReadable(path.resolve("cmdline"))
                            && commandLineOf(path).contains(commandLine))
                    .toList();
        }
    }

    private static String commandLineOf(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"));
        } catch (IOException ended) {
            return "";
        }
    }

    /// A spec and the directories it borrows.
    static final class Prepared implements AutoCloseable {
        final SandboxSpec spec;
        final Path upper;
        private final List<Directory> open = new ArrayList<>();

        private Prepared(Path step, List<Path> layers, UnaryOperator<SandboxSpec.Builder> change, String... arguments)
                throws IOException {
            upper = Files.createDirectory(step.resolve("upper"));
            Path work = Files.createDirectory(step.resolve("work"));
            for (Path layer : layers) {
                open.add(Directory.open(bytes(layer.toString())));
            }
            List<Directory> lowers = List.copyOf(open);
            open.add(Directory.open(bytes(upper.toString())));
            open.add(Directory.open(bytes(work.toString())));
            var root = new SandboxSpec.Root(lowers, open.get(lowers.size()), open.get(lowers.size() + 1));
            var words = Arrays.stream(arguments).map(BusyboxRoot::bytes).toList();
            spec = change.apply(SandboxSpec.of(root, words)
                            .environment(List.of(bytes("PATH=/bin")))
                            .resolvConf(bytes("nameserver 192.0.2.1\n")))
                    .build();
        }

        @Override
        public void close() {
            open.forEach(Directory::close);
        }
    }

    /// Collects output.
    static final class Output implements OutputSink {
        private final Map<Stream, ByteArrayOutputStream> bytes = new EnumMap<>(Stream.class);

        @Override
        public synchronized void write(Stream stream, byte[] chunk) {
            bytes.computeIfAbsent(stream, any -> new ByteArrayOutputStream()).writeBytes(chunk);
            notifyAll();
        }

        synchronized String text(Stream stream) {
            var collected = bytes.get(stream);
            return collected == null ? "" : collected.toString(StandardCharsets.UTF_8);
        }

        synchronized void awaitOutput() throws InterruptedException {
            while (text(Stream.STANDARD_OUTPUT).isEmpty()) {
                wait();
            }
        }
    }
}
