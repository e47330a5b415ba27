package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.jbuild.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class CallTest {
    private static final Path CASES = Path.of(System.getProperty("jbuild.testdata"), "call");

    @TempDir
    private Path context;

    private record Outcome(ExitCode code, String result, String messages) {}

    @TestFactory
    Stream<DynamicTest> everyCallMatchesItsGoldenFile() throws IOException {
        try (var files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".Dockerfile")).sorted().toList().stream()
                    .flatMap(file -> Stream.of("check", "outline", "targets")
                            .flatMap(method -> Stream.of("text", "json")
                                    .map(format -> dynamicTest(
                                            file.getFileName() + " " + method + " " + format,
                                            () -> matchesGolden(file, method, format)))));
        }
    }

    private void matchesGolden(Path file, String method, String format) throws IOException {
        var outcome = run("--call=" + method + ",format=" + format, "-f", file.toString(), context.toString());
        var all = outcome.result() + outcome.messages();
        var name = file.getFileName().toString();
        var actual = all.replace(file.toString(), name);
        var golden =
                CASES.resolve(name.replace(".Dockerfile", "." + method + (format.equals("text") ? ".txt" : ".json")));
        if ("update".equals(System.getProperty("jbuild.golden"))) {
            Files.writeString(golden, actual);
        }
        assertThat(golden).hasContent(actual);
    }

    @Test
    void lintAndCheckAreTheSame() throws IOException {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch AS A\nMAINTAINER me\n");

        var lint = run("lint", context.toString());

        assertThat(lint.code()).isEqualTo(ExitCode.STEP_FAILED);
        assertThat(run("--check", context.toString())).isEqualTo(lint);
        assertThat(run("--call=check", context.toString())).isEqualTo(lint);
        assertThat(run("--call=lint", context.toString())).isEqualTo(lint);
        assertThat(run("build", "--call", "check", context.toString())).isEqualTo(lint);
        assertThat(run("lint", "--format=json", context.toString()))
                .isEqualTo(run("--call=check,format=json", context.toString()));
    }

    @Test
    void findingsAreNoFailureWhenTheStatusIsIgnored() throws IOException {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch AS A\nCOPY --from=7 a b\n");

        assertThat(run("--call=check,ignorestatus=true", context.toString()).code())
                .isEqualTo(ExitCode.DONE);
        assertThat(run("--call=check,ignorestatus=false", context.toString()).code())
                .isEqualTo(ExitCode.STEP_FAILED);
    }

    @Test
    void targetAndArgumentsCount() throws IOException {
        Files.writeString(
                context.resolve("Dockerfile"), "FROM scratch AS a\nARG X=1\nFROM scratch AS b\nARG Y=1\nFROM a\n");

        assertThat(run("--call=outline", "--target=b", "--build-arg=Y=2", context.toString())
                        .result())
                .isEqualTo("TARGET: b\n\nBUILD ARG   VALUE   DESCRIPTION\nY           2       \n\n");
    }

    @Test
    void mistakesAreToldWithWhatThereIs() throws IOException {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\n");

        assertThat(refused("--call=lints"))
                .isEqualTo("jbuild: --call has no method 'lints' (methods are build, check, outline and targets)\n");
        assertThat(refused("--call=format=json"))
                .isEqualTo("jbuild: --call 'format=json' names no method"
                        + " (methods are build, check, outline and targets)\n");
        assertThat(refused("--call=check,outline"))
                .isEqualTo("jbuild: --call 'check,outline' names two methods"
                        + " (methods are build, check, outline and targets)\n");
        assertThat(refused("--call=check,format=sarif"))
                .isEqualTo("jbuild: --call has no format 'sarif' (formats are text and json)\n");
        assertThat(refused("--call=check,color=true"))
                .isEqualTo("jbuild: --call has no option 'color=true'"
                        + " (options are format=text|json and ignorestatus=true)\n");
        assertThat(refused("--check", "--call=outline"))
                .isEqualTo("jbuild: --check and --call=outline ask for different things (leave one out)\n");
        assertThat(refused("--call=outline", "--target=x")).contains("target stage 'x' could not be found");
    }

    @Test
    void contextsThatAreGivenCount() throws IOException {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY --from=Other a b\n");

        assertThat(run("--check", "--build-context=Other=" + context, context.toString()))
                .isEqualTo(new Outcome(ExitCode.DONE, "Check complete, no warnings found.\n", ""));
        assertThat(refused("--check", "--build-context=Other=/nowhere"))
                .isEqualTo("jbuild: --build-context 'Other=/nowhere': no directory '/nowhere'\n");
    }

    @Test
    void fileThatCannotBeReadIsAFinding() throws IOException {
        assertThat(run("--check", "-f", "/nowhere", context.toString()))
                .isEqualTo(new Outcome(
                        ExitCode.STEP_FAILED,
                        "Check not complete.\n",
                        "jbuild: Dockerfile '/nowhere' does not exist; name another one with -f\n"));
        assertThat(run("lint", context.toString()).code()).isEqualTo(ExitCode.STEP_FAILED);
        assertThat(refused("--call=outline", "-f", "/nowhere"))
                .isEqualTo("jbuild: the Dockerfile '/nowhere' does not exist\n");
    }

    @Test
    void unknownRulesAreRefused() throws IOException {
        Files.writeString(context.resolve("Dockerfile"), "FROM debian\n");

        assertThat(run("lint", "--rules=jbuild/UnpinnedImage,jbuild/UnusedArg", context.toString())
                        .code())
                .isEqualTo(ExitCode.STEP_FAILED);
        assertThat(refused("lint", "--rules=UnpinedImage"))
                .isEqualTo("jbuild: --rules has no 'UnpinedImage' (did you mean jbuild/UnpinnedImage?)\n");
        assertThat(refused("lint", "--rules=StageNameCasing"))
                .isEqualTo("jbuild: --rules has no 'StageNameCasing' (that one is always on, unless"
                        + " # check=skip=StageNameCasing turns it off)\n");
    }

    private String refused(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        all.add(context.toString());
        var outcome = run(all.toArray(String[]::new));
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.result()).isEmpty();
        return outcome.messages();
    }

    /// No store and no registry: whoever would build fails the test.
    private Outcome run(String... arguments) throws IOException {
        var results = new ByteArrayOutputStream();
        var messages = new ByteArrayOutputStream();
        var code = Main.run(
                arguments,
                new Settings(Map.of(), "", context.resolve("nowhere").toString(), ""),
                new Terminal(results, messages, false, false),
                (_, _, _, _) -> {
                    throw new AssertionError("a build");
                });
        assertThat(context.resolve("nowhere")).doesNotExist();
        return new Outcome(code, results.toString(StandardCharsets.UTF_8), messages.toString(StandardCharsets.UTF_8));
    }
}
