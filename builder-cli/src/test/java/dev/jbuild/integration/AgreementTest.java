package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The same Dockerfile, built by jbuild and by Docker's BuildKit from the same registry: the root file systems are
/// equal.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AgreementTest {
    /// Files that hold the time of the build or the name of a random temporary file, in any builder.
    private static final List<String> DIFFER_BY_TIME =
            List.of("var/log/dpkg.log", "var/cache/ldconfig/aux-cache", "var/log/alternatives.log");

    private static final String DOCKERFILE = """
            FROM debian AS build
            ARG GREETING=hello
            ENV LANG=C
            WORKDIR /src
            COPY src/ ./
            RUN mkdir -p /out/bin /out/etc && printf '#!/bin/sh\\necho %s\\n' "$GREETING" > /out/bin/greet && \\
                chmod 4755 /out/bin/greet && ln -s ../bin/greet /out/etc/link && ln /out/bin/greet /out/etc/hard
            FROM debian
            COPY pkg.deb /tmp/pkg.deb
            RUN dpkg -i /tmp/pkg.deb && rm /tmp/pkg.deb && rm -rf /etc/apt
            COPY --from=build --chown=daemon:staff /out/ /opt/
            COPY --from=build /src /srv/copied/
            ADD data.tar.gz /srv/unpacked/
            COPY src/*.txt /lib/texts/
            USER daemon
            WORKDIR /home/made
            RUN id > made && mkdir -m 700 sub && touch -d '2020-02-02 02:02:02' sub/old
            """;

    @TempDir
    Path directory;

    @Test
    void rootFileSystemEqualsThatOfBuildKit() throws Exception {
        Needs.root();
        Needs.tools("dpkg-deb", "skopeo", "umoci");
        Path context = context();
        try (LocalService.Registry registry = LocalService.registry(directory);
                LocalService.Docker docker = LocalService.docker(directory, registry.address())) {
            registry.push(BaseImages.debian(), "library/debian:latest");
            Path ours = ours(context, registry);
            Path theirs = theirs(context, docker);

            Set<String> expected = listing(theirs);
            Set<String> actual = listing(ours);
            var missing = new TreeSet<>(expected);
            missing.removeAll(actual);
            var surplus = new TreeSet<>(actual);
            surplus.removeAll(expected);
            assertThat(missing).as("only BuildKit has these").isEmpty();
            assertThat(surplus).as("only jbuild has these").isEmpty();
        }
    }

    private Path context() throws Exception {
        Path context = Files.createDirectory(directory.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
        Path source = Files.createDirectories(context.resolve("src/deep"));
        Files.writeString(source.resolve("file"), "deep");
        Files.writeString(source.resolveSibling("a.txt"), "a");
        Files.writeString(source.resolveSibling("b.txt"), "b");
        Files.createSymbolicLink(source.resolveSibling("link"), Path.of("deep/file"));
        Files.writeString(source.resolveSibling("ignored.tmp"), "not sent");
        Files.writeString(context.resolve(".dockerignore"), "**/*.tmp\n");
        ExternalCommand.of("chmod", "2711", source.toString()).run().orFail();
        shell(context, """
                mkdir -p deb/DEBIAN deb/usr/share/pkg deb/usr/bin
                printf 'Package: pkg\\nVersion: 1\\nArchitecture: all\\nMaintainer: me <me@example.org>\\nDescription: x\\n' > deb/DEBIAN/control
                printf '#!/bin/sh\\nset -e\\nchown games:games /usr/share/pkg/owned\\nchmod 2750 /usr/share/pkg\\n' > deb/DEBIAN/postinst
                chmod 755 deb/DEBIAN/postinst
                echo owned > deb/usr/share/pkg/owned
                ln -s ../share/pkg/owned deb/usr/bin/owned
                dpkg-deb --root-owner-group -b deb pkg.deb
                rm -r deb
                mkdir tree && echo in > tree/in && chmod 600 tree/in && ln tree/in tree/hard && chown 5:6 tree/in
                tar -C tree -czf data.tar.gz . && rm -r tree
                """);
        return context;
    }

    private Path ours(Path context, LocalService.Registry registry) throws Exception {
        Path layout = directory.resolve("ours");
        var result = new Jbuild(directory.resolve("store"))
                .run(
                        "--registry-mirror",
                        "docker.io=http://" + registry.address(),
                        "-o",
                        "type=oci,dest=" + layout + ",tar=false",
                        context.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        return unpack(layout);
    }

    private Path theirs(Path context, LocalService.Docker docker) throws Exception {
        Path layout = directory.resolve("theirs");
        ExternalCommand.of(
                        "/usr/bin/docker",
                        "-H",
                        docker.socket(),
                        "build",
                        "--network=host",
                        "-t",
                        "theirs",
                        context.toString())
                .with("DOCKER_BUILDKIT", "1")
                .run()
                .orFail();
        ExternalCommand.of(
                        "skopeo",
                        "copy",
                        "-q",
                        "--src-daemon-host",
                        docker.socket(),
                        "docker-daemon:theirs:latest",
                        "oci:" + layout + ":latest")
                .run()
                .orFail();
        return unpack(layout);
    }

    private Path unpack(Path layout) throws Exception {
        Path bundle = directory.resolve(layout.getFileName() + "-bundle");
        ExternalCommand.of("umoci", "unpack", "--image", layout + ":latest", bundle.toString())
                .run()
                .orFail();
        return bundle.resolve("rootfs");
    }

    /// One line for each entry: path, type, mode, owner, link target, and for files size, number of names and content.
    private static Set<String> listing(Path rootfs) throws Exception {
        var lines = new TreeSet<String>();
        String all = shell(rootfs, """
                find . ! -type f -printf '%P %y %m %U:%G %l\\n'
                find . -type f -printf '%P %y %m %U:%G %s %n\\n'
                find . -type f -exec sha256sum '{}' + | sed -E 's|^([0-9a-f]+)  \\./(.*)|\\2 \\1|'
                """);
        for (String line : all.split("\n")) {
            String path = line.substring(0, line.indexOf(' '));
            if (DIFFER_BY_TIME.contains(path)) {
                lines.add(path);
            } else {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String shell(Path where, String script) throws Exception {
        return ExternalCommand.of("sh", "-ec", script).in(where).run().orFail().out();
    }
}
