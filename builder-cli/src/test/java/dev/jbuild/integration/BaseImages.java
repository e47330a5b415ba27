package dev.jbuild.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;

/// Base images as OCI layouts, made by tools that are not ours, once for a machine.
final class BaseImages {
    /// Kept between runs: a Debian base takes a minute.
    private static final Path CACHE = Path.of("/var/cache/jbuild-tests");

    private BaseImages() {}

    /// {@return an OCI layout with the image `latest`: this machine's busybox and a link for each applet}
    static Path busybox() throws Exception {
        return busybox(
                "busybox",
                () -> List.of(ExternalCommand.of("busybox", "--list")
                        .run()
                        .orFail()
                        .out()
                        .split("\n")));
    }

    /// {@return as [#busybox()], with few files}
    static Path smallBusybox() throws Exception {
        return busybox("busybox-small", () -> List.of("sh", "cat", "ln", "ls", "mkdir", "rm", "touch"));
    }

    private static Path busybox(String name, Callable<List<String>> applets) throws Exception {
        Needs.root();
        Needs.tools("busybox", "umoci");
        return layout(name, directory -> {
            Path rootfs = Files.createDirectories(directory.resolve("rootfs"));
            Path bin = Files.createDirectories(rootfs.resolve("bin"));
            Files.copy(Needs.find("busybox"), bin.resolve("busybox"));
            for (String applet : applets.call()) {
                if (!applet.equals("busybox")) {
                    Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
                }
            }
            Path etc = Files.createDirectories(rootfs.resolve("etc"));
            Files.writeString(
                    etc.resolve("passwd"), "root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000::/home/user:/bin/sh\n");
            Files.writeString(etc.resolve("group"), "root:x:0:\nuser:x:1000:\nstaff:x:50:user\n");
            Path tmp = Files.createDirectories(rootfs.resolve("tmp"));
            Files.setPosixFilePermissions(tmp, PosixFilePermissions.fromString("rwxrwxrwx"));
            ExternalCommand.of("chmod", "1777", tmp.toString()).run().orFail();
            Files.createDirectories(rootfs.resolve("root"));
            ExternalCommand.of("tar", "-C", rootfs.toString(), "-cf", directory + "/base.tar", ".")
                    .run()
                    .orFail();
        });
    }

    /// {@return an OCI layout with the image `latest`: a minimal Debian}
    static Path debian() throws Exception {
        Needs.root();
        Needs.tools("mmdebstrap", "umoci");
        return layout(
                "debian",
                directory -> ExternalCommand.of("mmdebstrap", "--variant=minbase", "bookworm", directory + "/base.tar")
                        .run()
                        .orFail());
    }

    /// Puts a root file system into a directory as `base.tar`.
    @FunctionalInterface
    private interface Maker {
        void make(Path directory) throws Exception;
    }

    private static synchronized Path layout(String name, Maker maker) throws Exception {
        Path finished = CACHE.resolve(name);
        if (Files.exists(finished)) {
            return finished;
        }
        Files.createDirectories(CACHE);
        Path work = Files.createTempDirectory(CACHE, name);
        maker.make(work);
        String layout = work + "/layout";
        String image = layout + ":latest";
        ExternalCommand.of("umoci", "init", "--layout", layout).run().orFail();
        ExternalCommand.of("umoci", "new", "--image", image).run().orFail();
        ExternalCommand.of("umoci", "raw", "add-layer", "--image", image, work + "/base.tar")
                .run()
                .orFail();
        ExternalCommand.of("umoci", "gc", "--layout", layout).run().orFail();
        move(Path.of(layout), finished);
        ExternalCommand.of("rm", "-rf", work.toString()).run().orFail();
        return finished;
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
