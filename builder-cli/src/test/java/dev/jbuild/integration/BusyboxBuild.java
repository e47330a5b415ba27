package dev.jbuild.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A context, a store, and builds in them for which `FROM busybox` has a meaning.
final class BusyboxBuild {
    private final Path context;
    private final Jbuild jbuild;
    private final String busybox;

    /// @param directory an empty one that takes both
    BusyboxBuild(Path directory) throws Exception {
        context = Files.createDirectory(directory.resolve("context"));
        jbuild = new Jbuild(directory.resolve("store"));
        busybox = "busybox=oci-layout://" + BaseImages.busybox() + ":latest";
    }

    Path context() {
        return context;
    }

    Jbuild jbuild() {
        return jbuild;
    }

    /// {@return the option that says what busybox is}
    String busybox() {
        return busybox;
    }

    void dockerfile(String text) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), text);
    }

    /// Builds the context.
    ///
    /// @param more arguments beside it
    ExternalCommand.Result run(String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("--build-context", busybox));
        arguments.addAll(List.of(more));
        arguments.add(context.toString());
        return jbuild.run(arguments.toArray(String[]::new));
    }
}
