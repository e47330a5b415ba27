package dev.jbuild.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jbuild.dockerfile.Diagnostic.Phase;
import dev.jbuild.dockerfile.Diagnostic.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/// Agreement with BuildKit on files from public repositories, and on its own parser tests.
class CorpusTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Cases that BuildKit accepts here and refuses when the stage is built, whatever the arguments: we say it at once.
    private static final Set<String> REFUSED_EARLIER =
            Set.of("only-arg", "arg-quoted", "env-unterminated", "copy-quoted-spaces", "onbuild-unknown");

    /// Templates that name variables in a syntax no builder has.
    private static boolean isTemplate(String name) {
        return name.startsWith("devcontainers__templates__") || name.startsWith("microsoft__vscode-dev-containers__");
    }

    private static Path corpus() {
        var folder = Path.of(System.getProperty("jbuild.corpus", "../../shared/corpus"));
        if (!Files.isDirectory(folder)) {
            System.out.println("CorpusTest is skipped: no corpus at " + folder + " (-Djbuild.corpus=FOLDER)");
        }
        assumeTrue(Files.isDirectory(folder), "no corpus at " + folder + " (-Djbuild.corpus=FOLDER)");
        return folder;
    }

    private static SourceFile read(Path file) throws IOException {
        return SourceFile.of(file.getFileName().toString(), Files.readAllBytes(file));
    }

    private static Stream<DynamicTest> each(Path folder, String suffix, Function<Path, Executable> test)
            throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream()
                    .map(file -> dynamicTest(file.getFileName().toString(), test.apply(file)));
        }
    }

    @TestFactory
    Stream<DynamicTest> upstreamDumpIsEqualByteForByte() throws IOException {
        return each(
                corpus().resolve("parser/testfiles"),
                "",
                folder -> () -> assertThat(AstDump.of(Examination.of(read(folder.resolve("Dockerfile")))
                                .tree()))
                        .isEqualTo(Files.readString(folder.resolve("result"))));
    }

    @TestFactory
    Stream<DynamicTest> dumpOfRealFileIsEqualByteForByte() throws IOException {
        var files = corpus().resolve("dockerfiles");
        return each(files.resolve("expected"), ".ast", expected -> () -> {
            var name = expected.getFileName().toString();
            var file = files.resolve(name.substring(0, name.length() - ".ast".length()) + ".Dockerfile");
            assertThat(AstDump.of(Examination.of(read(file)).tree())).isEqualTo(Files.readString(expected));
        });
    }

    @TestFactory
    Stream<DynamicTest> treeOfRealFileIsEqual() throws IOException {
        var files = corpus().resolve("dockerfiles");
        return each(files.resolve("expected"), ".json", expected -> () -> {
            var name = expected.getFileName().toString();
            var bare = name.substring(0, name.length() - ".json".length());
            compare(bare, read(files.resolve(bare + ".Dockerfile")), JSON.readTree(Files.readString(expected)));
        });
    }

    @TestFactory
    Stream<DynamicTest> upstreamNegativeCaseIsRefused() throws IOException {
        return each(corpus().resolve("parser/negative"), "", folder -> () -> {
            var source = read(folder.resolve("Dockerfile"));
            assertThat(errors(source)).hasSize(1);
        });
    }

    @TestFactory
    Stream<DynamicTest> caseIsEqual() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (var line : Files.readAllLines(corpus().resolve("parser/cases.jsonl"))) {
            var expected = JSON.readTree(line);
            var text = expected.get("dockerfile").asText().getBytes(StandardCharsets.UTF_8);
            var name = expected.get("id").asText();
            tests.add(dynamicTest(name, () -> {
                if (expected.has("dump") && !expected.has("parse_error")) {
                    assertThat(AstDump.of(Examination.of(SourceFile.of(name, text))
                                            .tree())
                                    .strip())
                            .isEqualTo(expected.get("dump").asText());
                }
                compare(name, SourceFile.of(name, text), expected);
            }));
        }
        return tests.stream();
    }

    private static List<Diagnostic> errors(SourceFile source) {
        try {
            Dockerfile.parse(source);
            return List.of();
        } catch (DockerfileException refused) {
            return refused.diagnostics().stream()
                    .filter(each -> each.severity() == Severity.ERROR)
                    .toList();
        }
    }

    private static void compare(String name, SourceFile source, JsonNode expected) {
        var examination = Examination.of(source);
        assertThat(examination.firstError(Phase.SYNTAX) != null).isEqualTo(expected.has("parse_error"));
        if (expected.has("parse_error")) {
            return;
        }
        assertThat(examination.firstError(Phase.INSTRUCTION) != null).isEqualTo(expected.has("instr_error"));
        if (expected.has("instr_error")) {
            return;
        }
        if (REFUSED_EARLIER.contains(name)) {
            assertThat(examination.firstError(Phase.MEANING)).isNotNull();
        } else if (!isTemplate(name)) {
            compareTree(Dockerfile.parse(source), expected);
        }
    }

    private static void compareTree(Dockerfile file, JsonNode expected) {
        assertThat(String.valueOf(file.directives().escape()))
                .isEqualTo(expected.get("escape").asText());
        var syntax = file.directives().syntax();
        assertThat(syntax == null ? null : syntax.value())
                .isEqualTo(
                        expected.has("syntax")
                                ? expected.get("syntax").get("cmdline").asText()
                                : null);
        var check = file.directives().check();
        assertThat(check == null ? null : check.value())
                .isEqualTo(expected.has("check") ? expected.get("check").asText() : null);
        assertThat(file.warnings().stream().anyMatch(each -> each.rule().equals("no-empty-continuation")))
                .isEqualTo(expected.has("warnings"));
        var instructions = new ArrayList<Instruction>(file.globalArgs());
        var stages = expected.get("stages");
        assertThat(file.stages()).hasSize(stages.size());
        for (var i = 0; i < stages.size(); i++) {
            var stage = file.stages().get(i);
            compareStage(stage, stages.get(i));
            instructions.add(stage.from());
            instructions.addAll(stage.instructions());
        }
        var nodes = expected.get("ast");
        assertThat(instructions).hasSize(nodes.size());
        for (var i = 0; i < nodes.size(); i++) {
            compareInstruction(instructions.get(i), nodes.get(i));
        }
    }

    private static void compareStage(Stage stage, JsonNode expected) {
        var from = stage.from();
        assertThat(from.image().text()).isEqualTo(expected.get("base").asText());
        assertThat(from.name() == null ? "" : from.name())
                .isEqualTo(expected.get("name").asText());
        assertThat(from.platform() == null ? "" : from.platform().text())
                .isEqualTo(expected.get("platform").asText());
        var keywords = new ArrayList<String>();
        expected.get("commands").forEach(each -> keywords.add(each.asText()));
        assertThat(stage.instructions())
                .extracting(each -> each.origin().keyword().toLowerCase(Locale.ROOT))
                .isEqualTo(keywords.stream()
                        .map(each -> each.toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static void compareInstruction(Instruction instruction, JsonNode expected) {
        assertThat(instruction.text()).isEqualTo(expected.get("orig").asText().strip());
        assertThat(instruction.origin().keyword()).isEqualTo(expected.get("v").asText());
        assertThat(instruction.range().startLine())
                .isEqualTo(expected.get("start").asInt());
        assertThat(instruction.range().endLine())
                .isLessThanOrEqualTo(expected.get("end").asInt());
        var heredocs = heredocs(instruction);
        if (heredocs != null) {
            compareHeredocs(heredocs, expected.path("heredocs"));
        }
        var comments = new ArrayList<String>();
        expected.path("comments").forEach(each -> comments.add(bare(each.asText())));
        // An empty comment begins a comment anew here, blanks behind the sign or not.
        var own = instruction.origin().comment().stream().map(CorpusTest::bare).toList();
        assertThat(comments).endsWith(own.toArray(String[]::new));
        if (instruction instanceof Instruction.Run run) {
            assertThat(run.command() instanceof Command.Exec)
                    .isEqualTo(expected.path("json").asBoolean());
            assertThat(text(run.command())).isEqualTo(arguments(expected));
        }
    }

    /// BuildKit keeps the `#` of an indented comment.
    private static String bare(String comment) {
        var start = 0;
        while (start < comment.length() && " #\t\u00A0".indexOf(comment.charAt(start)) >= 0) {
            start++;
        }
        return comment.substring(start);
    }

    private static List<String> text(Command command) {
        return switch (command) {
            case Command.Exec exec -> exec.arguments();
            case Command.Shell shell -> shell.line().isEmpty() ? List.of() : List.of(shell.line());
        };
    }

    private static List<String> arguments(JsonNode expected) {
        var arguments = new ArrayList<String>();
        expected.path("args").forEach(each -> arguments.add(each.asText()));
        return arguments;
    }

    /// Null for instructions that keep no here-documents of their own.
    private static List<Heredoc> heredocs(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Run run -> run.command() instanceof Command.Shell shell ? shell.heredocs() : List.of();
            case Instruction.Copy copy -> inline(copy.sources());
            case Instruction.Add add -> inline(add.sources());
            default -> null;
        };
    }

    private static List<Heredoc> inline(List<Instruction.FileSource> sources) {
        return sources.stream()
                .filter(Instruction.FileSource.Inline.class::isInstance)
                .map(each -> ((Instruction.FileSource.Inline) each).heredoc())
                .toList();
    }

    private static void compareHeredocs(List<Heredoc> heredocs, JsonNode expected) {
        assertThat(heredocs).hasSize(expected.size());
        for (var i = 0; i < heredocs.size(); i++) {
            var heredoc = heredocs.get(i);
            var node = expected.get(i);
            assertThat(heredoc.name()).isEqualTo(node.get("name").asText());
            assertThat(heredoc.content()).isEqualTo(node.get("content").asText());
            assertThat(heredoc.expand()).isEqualTo(node.get("expand").asBoolean());
            assertThat(heredoc.chomp()).isEqualTo(node.get("chomp").asBoolean());
            assertThat(heredoc.fileDescriptor()).isEqualTo(node.get("fd").asInt());
        }
    }

    @TestFactory
    Stream<DynamicTest> wordIsAcceptedOrRefused() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (var line : Files.readAllLines(corpus().resolve("shell/cases.jsonl"))) {
            var node = JSON.readTree(line);
            if (!node.has("word")) {
                continue;
            }
            var word = node.get("word").asText();
            var escape = node.path("escape").asText("\\").charAt(0);
            var error = node.path("error").asText("");
            // That a variable is missing is known only when it is expanded.
            var syntax =
                    error.contains("syntax error") || error.contains("unexpected end") || error.contains("modifier");
            tests.add(dynamicTest(word, () -> {
                if (syntax) {
                    assertThat(refuses(word, escape)).isTrue();
                } else {
                    assertThat(Word.parse(word, escape).text()).isEqualTo(word);
                }
            }));
        }
        return tests.stream();
    }

    private static boolean refuses(String word, char escape) {
        try {
            Word.parse(word, escape);
            return false;
        } catch (DockerfileException refused) {
            return true;
        }
    }
}
