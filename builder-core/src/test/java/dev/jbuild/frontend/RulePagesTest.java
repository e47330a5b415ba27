package dev.jbuild.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.lint.CheckOptions;
import dev.jbuild.lint.FileChecks;
import dev.jbuild.lint.Finding;
import dev.jbuild.lint.Findings;
import dev.jbuild.lint.Rule;
import dev.jbuild.oci.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The pages of `docs/rules`: one for each rule, whose examples are found and not found.
class RulePagesTest {
    private static final Path ROOT =
            Path.of(System.getProperty("jbuild.testdata")).toAbsolutePath().getParent();
    private static final Platform AMD64 = Platform.of("linux", "amd64");

    @Test
    void everyRuleHasAPageAndEveryPageARule() throws IOException {
        try (var pages = Files.list(ROOT.resolve("docs/rules"))) {
            assertThat(pages.map(page -> ROOT.relativize(page).toString())
                            .filter(page -> !page.endsWith("README.md"))
                            .collect(Collectors.toSet()))
                    .isEqualTo(Stream.of(Rule.values()).map(Rule::page).collect(Collectors.toSet()));
        }
    }

    @Test
    void indexNamesEveryRule() throws IOException {
        var index = Files.readString(ROOT.resolve("docs/rules/README.md"));
        for (var rule : Rule.values()) {
            assertThat(index)
                    .contains("| [" + rule.title() + "](" + rule.page().substring("docs/rules/".length()) + ") |");
        }
    }

    @TestFactory
    Stream<DynamicTest> badExampleIsFoundAndGoodOneIsNot() {
        return Stream.of(Rule.values())
                .map(rule -> dynamicTest(rule.title(), () -> {
                    var page = Files.readString(ROOT.resolve(rule.page()));
                    assertThat(page).startsWith("# " + rule.title() + "\n\n" + rule.description());
                    if (rule.url() != null && !rule.isOwn()) {
                        assertThat(page).contains("(" + rule.url() + ")");
                    }
                    assertThat(found(rule, page, "Bad")).containsExactly(rule);
                    assertThat(found(rule, page, "Good")).isEmpty();
                }));
    }

    /// Looks at an example by all rules that are on anyway, by the rule itself, and if it is ours by all of ours.
    private static Set<Rule> found(Rule rule, String page, String heading) throws Exception {
        var options = CheckOptions.DEFAULT.asking(Set.of(rule.isOwn() ? CheckOptions.ALL_OWN : rule.title()));
        var dockerfile = Dockerfile.parse(new SourceFile("Dockerfile", block(page, heading, "dockerfile")));
        var findings = new Findings(options);
        FileChecks.check(dockerfile, findings);
        var ignore = block(page, "", "dockerignore").getBytes(StandardCharsets.UTF_8);
        var images = new FakeImages().on("example.org/arm-only:1", Platform.of("linux", "arm64"));
        try {
            Frontend.check(
                    dockerfile,
                    new FrontendOptions(null, Map.of(), Map.of(), AMD64, AMD64, FreshStages.NONE),
                    images,
                    new PlanChecks(findings, () -> IgnorePatterns.parse(".dockerignore", ignore)));
        } catch (DockerfileException refused) {
            assertThat(heading).as(refused.getMessage()).isEqualTo("Bad");
        }
        return findings.inOrder().stream().map(Finding::rule).collect(Collectors.toSet());
    }

    /// {@return the first block of a language behind a heading; empty without one}
    private static String block(String page, String heading, String language) {
        var start = page.indexOf("```" + language + "\n", Math.max(0, page.indexOf("## " + heading + "\n")));
        if (start < 0) {
            return "";
        }
        var text = page.substring(page.indexOf('\n', start) + 1);
        return text.substring(0, text.indexOf("```"));
    }
}
