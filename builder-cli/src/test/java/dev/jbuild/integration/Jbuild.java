package dev.jbuild.integration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The command under test, run as a process of its own with the classes of this test run.
final class Jbuild {
    private final Path root;
    private final List<String> javaOptions = new ArrayList<>();
    private final List<String> prefix = new ArrayList<>();

    /// @param root state directory
    Jbuild(Path root) {
        this.root = root;
    }

    Jbuild javaOption(String option) {
        javaOptions.add(option);
        return this;
    }

    /// Runs the command under another program, such as `strace`.
    Jbuild under(String... words) {
        prefix.addAll(Arrays.asList(words));
        return this;
    }

    ExternalCommand command(String... arguments) {
        var words = new ArrayList<>(prefix);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        words.addAll(javaOptions);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.jbuild.cli.Main", "build"));
        words.addAll(List.of("--root", root.toString(), "--progress", "plain"));
        words.addAll(Arrays.asList(arguments));
        return ExternalCommand.of(words).with("LC_ALL", "C.UTF-8");
    }

    ExternalCommand.Result run(String... arguments) throws Exception {
        return command(arguments).run();
    }
}
