package dev.jbuild.cli;

import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.OciJson;
import dev.jbuild.startup.LayoutServer;
import dev.jbuild.terminal.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What the launcher runs once to learn which classes a build loads, so that the JVM can keep them ready made
/// (`-XX:AOTCacheOutput`).
public final class Training {
    private static final String BASE = """
            FROM scratch
            COPY Dockerfile /etc/
            COPY --chmod=755 program /bin/sh
            ENV PATH=/bin
            """;

    private static final String APPLICATION = """
            # syntax=docker/dockerfile:1
            ARG VERSION=1
            FROM base AS build
            ARG VERSION
            ENV NAME=app-${VERSION:-none} LANG=C
            WORKDIR /src
            COPY --chown=1:1 Dockerfile *.txt ./
            ADD Dockerfile /added
            FROM base
            LABEL a="b c" d=e
            COPY --from=build /src/ /app/
            EXPOSE 80/tcp
            VOLUME ["/data"]
            USER 1
            ENTRYPOINT ["/app/run"]
            CMD ["x"]
            """;

    /// Apart from the others, because steps fail where nothing can be sandboxed: then they are not learned.
    private static final String STEP = "FROM base\nRUN <<EOF\necho nothing\nEOF\n" + "RUN true\n".repeat(10);

    /// As most Dockerfiles begin: with an image of a registry, of which the second build has a pin.
    private static final String PULLED = "FROM training\nCOPY Dockerfile /\nENV a=b\n";

    private final Path directory;
    private final Terminal silence =
            new Terminal(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), false, false);

    private Training(Path directory) {
        this.directory = directory;
    }

    /// Builds what most builds are made of, first with an empty store and then again; asks for the version.
    ///
    /// @param arguments an empty directory for everything that this run writes
    public static void main(String[] arguments) throws IOException {
        var training = new Training(Path.of(arguments[0]));
        for (int i = 0; i < 2; i++) {
            training.build("base", BASE, "--output", "type=oci,tar=false,dest=" + training.directory.resolve("layout"));
            training.build("application", APPLICATION, "--tag", "app", "--build-arg", "VERSION=2");
            training.build("step", STEP);
            training.pull();
        }
        training.run("--version");
    }

    private void pull() throws IOException {
        Path layout = directory.resolve("layout");
        try (var registry = LayoutServer.start(layout, manifest(layout))) {
            build("pulled", PULLED, "--registry-mirror", "docker.io=" + registry.address());
        }
    }

    private static String manifest(Path layout) throws IOException {
        var index = JsonFields.of("index", OciJson.parse("index", Files.readAllBytes(layout.resolve("index.json"))));
        return index.objects("manifests", 1).getFirst().string("digest");
    }

    private void build(String name, String dockerfile, String... options) throws IOException {
        var context = Files.createDirectories(directory.resolve(name));
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        Files.writeString(context.resolve(".dockerignore"), "*.log\n!kept.log\n");
        Files.writeString(context.resolve("a.txt"), "text");
        Files.write(context.resolve("program"), StaticProgram.ofThisMachine());
        var arguments = new String[options.length + 5];
        System.arraycopy(options, 0, arguments, 5, options.length);
        arguments[0] = context.toString();
        arguments[1] = "--root";
        arguments[2] = directory.resolve("store").toString();
        arguments[3] = "--build-context";
        arguments[4] = name.equals("base")
                ? "unused=" + context
                : "base=oci-layout://" + directory.resolve("layout") + ":latest";
        run(arguments);
    }

    private void run(String... arguments) {
        Main.run(arguments, new Settings(Map.of(), "", directory.toString(), ""), silence);
    }
}
