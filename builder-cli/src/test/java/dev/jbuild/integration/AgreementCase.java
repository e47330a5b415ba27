package dev.jbuild.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One directory of `testdata/agreement/cases`, whose README says which files it may hold.
record AgreementCase(Path directory) {
    static List<AgreementCase> all(Path directory) throws IOException {
        try (Stream<Path> cases = Files.list(directory)) {
            return cases.sorted().map(AgreementCase::new).toList();
        }
    }

    String name() {
        return directory.getFileName().toString();
    }

    /// Makes the build context in an empty directory. What has no time of its own gets one that lies in the past, so
    /// that a builder that does not keep it is noticed.
    void makeContext(Path context) throws Exception {
        Path script = directory.resolve("context.sh");
        if (!Files.exists(script)) {
            return;
        }
        Path before = Files.createTempFile("jbuild-agreement", ".before");
        ExternalCommand.of("sh", "-euc", "umask 022; . \"$0\"", script.toString())
                .in(context)
                .run()
                .orFail();
        ExternalCommand.of("find", ".", "-newer", before.toString(), "-exec", "touch", "-h", "-d@1577934245", "{}", "+")
                .in(context)
                .run()
                .orFail();
        Files.delete(before);
    }

    /// {@return the arguments of jbuild before the context}
    List<String> arguments(Map<String, String> values) throws IOException {
        var arguments = dockerfile("Dockerfile");
        arguments.addAll(arguments("args", values));
        arguments.addAll(arguments("jbuild.args", values));
        return arguments;
    }

    /// {@return the arguments of `docker build` before the context}
    List<String> peerArguments(Map<String, String> values) throws IOException {
        var arguments = dockerfile("peer.Dockerfile");
        if (arguments.isEmpty()) {
            arguments.addAll(dockerfile("Dockerfile"));
        }
        arguments.addAll(arguments("args", values));
        arguments.addAll(arguments("peer.args", values));
        return arguments;
    }

    /// {@return text that jbuild prints, when it must refuse to build this; null when it must build it}
    String error() throws IOException {
        Path file = directory.resolve("error.txt");
        return Files.exists(file) ? Files.readString(file).strip() : null;
    }

    List<ListedDifference> listed() throws IOException {
        Path file = directory.resolve("differences.txt");
        return Files.exists(file) ? ListedDifference.parse(Files.readString(file)) : List.of();
    }

    private List<String> dockerfile(String name) {
        Path file = directory.resolve(name);
        return Files.exists(file) ? new ArrayList<>(List.of("-f", file.toString())) : new ArrayList<>();
    }

    /// One argument on a line, with `@NAME@` for what is known only when the test runs.
    private List<String> arguments(String name, Map<String, String> values) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            return List.of();
        }
        var arguments = new ArrayList<String>();
        for (String line : Files.readAllLines(file)) {
            String argument = line;
            for (var value : values.entrySet()) {
                argument = argument.replace("@" + value.getKey() + "@", value.getValue());
            }
            arguments.add(argument);
        }
        return arguments;
    }
}
