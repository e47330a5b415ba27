package dev.jbuild.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts made to cost time or stack; each must be read in time that grows with its length.
class HostileTest {
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("brackets", "CMD " + "[".repeat(60_000)),
            Map.entry("nested arrays", "CMD [" + "[[[[[[[1],".repeat(6_000) + "1]"),
            Map.entry("long array", "CMD [" + "\"a\",".repeat(16_000) + "b]"),
            Map.entry("nested variables", "USER " + "${a:-".repeat(12_000)),
            Map.entry("nested quotes", "USER " + "\"${a:-".repeat(9_000)),
            Map.entry("triggers", "ONBUILD ".repeat(8_000)),
            Map.entry("dollars", "USER " + "$".repeat(65_000)),
            Map.entry("quotes", "ENV a=" + "\"".repeat(65_000)),
            Map.entry("open quotes", "ENV a=" + "'a \"b ".repeat(10_000)),
            Map.entry("escapes", "ENV a=" + "\\\\".repeat(32_000)),
            Map.entry("letters", "ENV a=" + "\u65E5".repeat(21_000)),
            Map.entry("openings", "RUN " + "<<A ".repeat(15_000) + "\n" + "A\n".repeat(15_000)),
            Map.entry("less", "RUN " + "<".repeat(65_000)),
            Map.entry("digits", "RUN " + "1".repeat(65_000)),
            Map.entry("body", "COPY <<A /x\n" + "line ${x:-y} of text\n".repeat(20_000) + "A"),
            Map.entry("continued", "RUN x \\\n" + "  some words here && \\\n".repeat(40_000) + " y"),
            Map.entry("blank lines", "RUN x \\\n" + "\n".repeat(500_000) + "y"),
            Map.entry("flags", "COPY " + "--exclude=a ".repeat(5_000) + " a b"),
            Map.entry("mount options", "RUN --mount=type=cache" + ",target=/x".repeat(6_000) + " a"),
            Map.entry("errors", "FOO\n".repeat(20_000)));

    static Stream<String> names() {
        return TEXTS.keySet().stream().sorted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    @Timeout(20)
    void costsNoMoreThanItsLength(String name) {
        var source = new SourceFile(name, "FROM a\n" + TEXTS.get(name) + "\n");
        try {
            assertThat(Dockerfile.parse(source).stages()).hasSize(1);
        } catch (DockerfileException refused) {
            assertThat(refused.diagnostics()).isNotEmpty();
        }
    }
}
