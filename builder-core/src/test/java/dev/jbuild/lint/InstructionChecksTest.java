package dev.jbuild.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InstructionChecksTest {
    private static final CheckOptions EVERYTHING = CheckOptions.parse("experimental=all");

    private static List<String> check(String text, CheckOptions options) {
        return check(Dockerfile.parse(new SourceFile("Dockerfile", text)), options);
    }

    private static List<String> check(Dockerfile dockerfile, CheckOptions options) {
        var findings = new Findings(options);
        var checks = new InstructionChecks(findings);
        dockerfile.globalArgs().forEach(checks::check);
        for (var stage : dockerfile.stages()) {
            checks.check(stage.from());
            stage.instructions().forEach(checks::check);
        }
        return findings.inOrder().stream().map(Finding::summary).toList();
    }

    /// What BuildKit's instruction parser reports for files of public repositories.
    @TestFactory
    Stream<DynamicTest> realFileHasTheFindingsOfBuildKit() throws IOException {
        var corpus = Path.of(System.getProperty("jbuild.corpus", "../../shared/corpus"));
        assumeTrue(Files.isDirectory(corpus), "no corpus at " + corpus + " (-Djbuild.corpus=FOLDER)");
        var files = corpus.resolve("dockerfiles");
        try (var results = Files.list(files.resolve("expected"))) {
            return results.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream()
                    .map(file -> dynamicTest(file.getFileName().toString(), () -> agreesOnFile(files, file)));
        }
    }

    private static void agreesOnFile(Path files, Path result) throws IOException {
        var expected = new ObjectMapper().readTree(result.toFile());
        var refused = expected.has("parse_error") || expected.has("instr_error");
        assumeTrue(!refused, "BuildKit refuses the file");
        var name = result.getFileName().toString().replaceFirst("json$", "Dockerfile");
        // Templates that name variables in a syntax no builder has.
        assumeTrue(!name.startsWith("devcontainers__templates__"), "refused here for its variables");
        assumeTrue(!name.startsWith("microsoft__vscode-dev-containers__"), "refused here for its variables");
        var source = SourceFile.of("Dockerfile", Files.readAllBytes(files.resolve(name)));
        assertThat(check(Dockerfile.parse(source), EVERYTHING)).isEqualTo(lints(expected));
    }

    private static List<String> lints(JsonNode expected) {
        var lints = new ArrayList<String>();
        StreamSupport.stream(expected.path("lints").spliterator(), false)
                .map(lint ->
                        lint.path("rule").asText() + ": " + lint.path("msg").asText() + " (line "
                                + lint.path("line").asInt() + ")")
                .forEach(lints::add);
        return lints;
    }

    @Test
    void keywordOfMixedCaseLeavesTheCaseOfAsToAnotherRule() {
        assertThat(check("From scratch as base\n", EVERYTHING)).isEmpty();
    }

    @Test
    void lowerCaseFromWantsLowerCaseAs() {
        assertThat(check("from scratch AS base\n", EVERYTHING))
                .containsExactly("FromAsCasing: 'AS' and 'from' keywords' casing do not match (line 1)");
    }

    @Test
    void onlyTheLastCommentLineIsADescription() {
        assertThat(check("# base is here\n# anything\nFROM scratch AS base\n", EVERYTHING))
                .containsExactly("InvalidDefinitionDescription: Comment for FROM should follow the format:"
                        + " `# base <description>` (line 3)");
    }

    @Test
    void argOfSeveralNamesMayDescribeAnyOfThem() {
        assertThat(check("FROM scratch\n# b is it\nARG a=1 b=2\n", EVERYTHING)).isEmpty();
    }

    @Test
    void descriptionsAreCheckedOnlyOnDemand() {
        assertThat(check("# anything\nFROM scratch AS base\n", CheckOptions.DEFAULT))
                .isEmpty();
    }

    @Test
    void commentAboveSkipsForOneInstruction() {
        assertThat(check("FROM scratch\n# check=skip=MaintainerDeprecated\nMAINTAINER a\nMAINTAINER b\n", EVERYTHING))
                .containsExactly("MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label"
                        + " (line 4)");
    }
}
