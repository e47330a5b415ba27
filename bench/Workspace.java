import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The directory in which everything lies, and the servers that run in it. Closing it ends them and removes it, whether
/// all went well, something failed, or somebody stopped this process.
final class Workspace implements AutoCloseable {
    /// Something that fails until a server answers.
    @FunctionalInterface
    interface Probe {
        void ask() throws IOException, InterruptedException;
    }

    private static final int ATTEMPTS = 300;

    private final Path root;
    private final Deque<Process> servers = new ArrayDeque<>();
    private boolean closed;

    private Workspace(Path root) {
        this.root = root;
    }

    static Workspace in(Path parent) throws IOException {
        var work = new Workspace(Files.createTempDirectory(parent, "jbuild-bench"));
        Files.createDirectory(work.root.resolve("log"));
        Runtime.getRuntime().addShutdownHook(new Thread(work::close));
        return work;
    }

    /// {@return a new directory}
    Path directory(String name) throws IOException {
        return Files.createDirectory(root.resolve(name));
    }

    /// {@return where the output of something goes}
    Path log(String name) {
        return root.resolve("log").resolve(name + ".log");
    }

    /// Starts a server that ends with this workspace.
    synchronized Process serve(Command command) throws IOException {
        if (closed) {
            throw new IOException("stopped");
        }
        String program = Path.of(command.words().getFirst()).getFileName().toString();
        Process process = command.start(log(program));
        servers.push(process);
        return process;
    }

    /// Waits for the server that was started last.
    void await(String name, Probe probe) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS && servers.getFirst().isAlive(); attempt++) {
            try {
                probe.ask();
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IOException(name + " does not answer\n" + Files.readString(log(name)));
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// Removes a tree. Its names need not be UTF-8, so a program does it.
    static void remove(Path tree) throws IOException, InterruptedException {
        new ProcessBuilder("rm", "-rf", "--one-file-system", tree.toString())
                .start()
                .waitFor();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            for (Process server : servers) {
                server.destroy();
                if (!server.waitFor(20, TimeUnit.SECONDS)) {
                    server.descendants().forEach(ProcessHandle::destroyForcibly);
                    server.destroyForcibly().waitFor();
                }
            }
            for (String mount : mounts().reversed()) {
                new ProcessBuilder("umount", "-l", mount).start().waitFor();
            }
            remove(root);
        } catch (IOException failed) {
            System.err.println("bench: left behind in " + root + ": " + failed.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// What builders left mounted below here, in the order in which it was mounted.
    private List<String> mounts() throws IOException {
        List<String> mounts = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
            String place = line.split(" ")[1];
            if (place.startsWith(root + "/")) {
                mounts.add(place);
            }
        }
        return mounts;
    }
}
