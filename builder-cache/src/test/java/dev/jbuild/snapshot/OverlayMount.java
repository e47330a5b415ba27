package dev.jbuild.snapshot;

import dev.jbuild.cache.Store;
import dev.jbuild.linux.ByteString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// A shell in a mount namespace of its own with an overlay mounted at `mnt` of its working directory, for tests.
final class OverlayMount implements AutoCloseable {
    private final Process shell;
    private final OutputStream input;
    private final BufferedReader output;

    private OverlayMount(Process shell) {
        this.shell = shell;
        this.input = shell.getOutputStream();
        this.output = new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    static OverlayMount readOnly(Path directory, Store store, List<Layer> bottomFirst) throws Exception {
        try (PinnedTrees trees = store.layers().pinTrees(bottomFirst.reversed())) {
            return mount(directory, store, "lowerdir=" + join(trees) + ":mounts");
        }
    }

    static OverlayMount writable(Path directory, Store store, List<Layer> bottomFirst, RunDirectories run)
            throws Exception {
        try (PinnedTrees trees = store.layers().pinTrees(bottomFirst.reversed())) {
            String lower = bottomFirst.isEmpty() ? "mounts" : join(trees);
            return mount(
                    directory,
                    store,
                    "redirect_dir=nofollow,metacopy=off,index=off,volatile,lowerdir=" + lower + ",upperdir="
                            + run.path() + "/tree,workdir=" + run.path() + "/work");
        }
    }

    private static String join(PinnedTrees trees) {
        return trees.paths().stream().map(Object::toString).collect(Collectors.joining(":"));
    }

    private static OverlayMount mount(Path directory, Store store, String layers) throws IOException {
        String options = store.layers().overlayMarks() == OverlayMarks.USER ? layers + ",userxattr" : layers;
        Path target = directory.resolve("mnt");
        Process shell = new ProcessBuilder("unshare", "-m", "--propagation", "private", "sh", "-e")
                .directory(store.state().absolute(ByteString.EMPTY).toFile())
                .redirectErrorStream(true)
                .start();
        var mount = new OverlayMount(shell);
        mount.run("mkdir -p " + target + "; mount -t overlay overlay -o " + options + " " + target + "; cd " + target);
        return mount;
    }

    /// Runs commands inside the mount.
    ///
    /// @return what they print
    String run(String commands) throws IOException {
        input.write((commands + "\necho; echo '--done'\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
        var text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals("--done")) {
                return text.toString().strip();
            }
            text.append(line).append('\n');
        }
        throw new AssertionError("the shell ended: " + text);
    }

    @Override
    public void close() throws IOException {
        input.close();
        try {
            int ignored = shell.waitFor();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
