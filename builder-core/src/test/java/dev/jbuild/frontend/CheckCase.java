package dev.jbuild.frontend;

import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.lint.CheckOptions;
import dev.jbuild.lint.FileChecks;
import dev.jbuild.lint.Finding;
import dev.jbuild.lint.Findings;
import dev.jbuild.oci.ContainerConfig;
import dev.jbuild.oci.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One case of `testdata/lint/cases`, in the form that its README tells.
///
/// @param lines what stands below the Dockerfile
record CheckCase(String name, String dockerfile, List<String> lines) {
    static List<CheckCase> read(Path file) {
        try {
            var cases = new ArrayList<CheckCase>();
            for (var text : Files.readString(file).split("(?m)^=== ")) {
                if (!text.isEmpty()) {
                    cases.add(parse(text));
                }
            }
            return cases;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static CheckCase parse(String text) {
        int start = text.indexOf('\n') + 1;
        int end = text.indexOf("\n---\n") + 1;
        return new CheckCase(
                text.substring(0, start - 1),
                text.substring(start, end),
                text.substring(end + "---\n".length()).lines().toList());
    }

    /// {@return the findings that are expected, one a line, and the failure}
    ///
    /// @param mode what begins the lines that count beside `finds`
    List<String> expected(String mode) {
        var expected = new ArrayList<String>();
        for (var line : lines) {
            if (line.startsWith("finds ") || line.startsWith(mode + " ")) {
                var words = line.split(" ", 4);
                expected.add(words[1] + ": " + words[3] + " (line " + words[2] + ")");
            } else if (line.startsWith("fails ")) {
                expected.add(line);
            }
        }
        return expected;
    }

    /// {@return the findings, one a line, and why there is no plan}
    List<String> run(boolean allStages) throws Exception {
        Findings findings;
        try {
            findings = new Findings(CheckOptions.of(parsed(), arguments()));
        } catch (DockerfileException refused) {
            return List.of("fails " + refused.diagnostics().getFirst().message());
        }
        var told = new ArrayList<String>();
        try {
            plan(findings, allStages);
            if (findings.options().error() && !findings.brokenRules().isEmpty()) {
                told.add("fails lint violation found for rules: " + String.join(", ", findings.brokenRules()));
            }
        } catch (DockerfileException problem) {
            told.add("fails " + problem.diagnostics().getFirst().message());
        }
        var all = new ArrayList<>(
                findings.inOrder().stream().map(Finding::summary).toList());
        all.addAll(told);
        return all;
    }

    private Dockerfile parsed() {
        return Dockerfile.parse(new SourceFile("Dockerfile", dockerfile));
    }

    private void plan(Findings findings, boolean allStages) throws Exception {
        FileChecks.check(parsed(), findings);
        var ignore = String.join("\n", values("ignore")).getBytes(StandardCharsets.UTF_8);
        var checks = new PlanChecks(findings, () -> IgnorePatterns.parse(".dockerignore", ignore));
        var options = options();
        if (allStages) {
            Frontend.check(parsed(), options, images(), checks);
        } else {
            Frontend.define(parsed(), options, images(), checks);
        }
    }

    private FrontendOptions options() {
        var target = values("target");
        var platform = Platform.of("linux", "amd64");
        return new FrontendOptions(
                target.isEmpty() ? null : target.getFirst(),
                arguments(),
                Map.of(),
                platform,
                platform,
                FreshStages.NONE);
    }

    private FakeImages images() {
        var images = new FakeImages();
        for (var name : values("shell")) {
            images.with(
                    name,
                    ContainerConfig.EMPTY.toBuilder()
                            .shell(List.of("/bin/other"))
                            .build());
        }
        values("arm").forEach(name -> images.on(name, Platform.of("linux", "arm64")));
        return images;
    }

    private Map<String, String> arguments() {
        var arguments = new LinkedHashMap<String, String>();
        for (var argument : values("arg")) {
            int equals = argument.indexOf('=');
            arguments.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return arguments;
    }

    private List<String> values(String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + " "))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }
}
