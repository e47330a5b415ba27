package dev.jbuild.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every text, found by changing texts at random.
class ShapeTest {
    private static final String[] PIECES = {
        "FROM",
        "RUN",
        "COPY",
        "ADD",
        "ENV",
        "ARG",
        "LABEL",
        "ONBUILD",
        "HEALTHCHECK",
        "CMD",
        "SHELL",
        "VOLUME",
        "USER",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\\\n",
        "\\",
        "`",
        "\"",
        "'",
        "$",
        "${",
        "}",
        "a",
        "=",
        "<<E",
        "\nE\n",
        "<<-'F'",
        " <<",
        "<<-",
        "\\\"",
        "[",
        "]",
        ",",
        "{",
        ":",
        "--from=",
        "--mount=type=cache,",
        "--",
        "#",
        "# escape=`\n",
        "\u00E4",
        "\uD83D\uDE00",
        "1",
        "null",
        "\"x\"",
        "AS b",
        "/",
        "-",
        "x",
        "\u0000"
    };

    static List<Long> seeds() {
        var chosen = Long.getLong("jbuild.seed");
        if (chosen != null) {
            return List.of(chosen);
        }
        var seeds = new ArrayList<Long>();
        for (var seed = 0L; seed < 200; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyRangeLiesInsideTheFile(long seed) throws ReflectiveOperationException {
        var random = new Random(seed);
        for (var round = 0; round < 5; round++) {
            var text = new StringBuilder(random.nextBoolean() ? "FROM a\n" : "");
            var pieces = random.nextInt(40);
            for (var i = 0; i < pieces; i++) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            check(new SourceFile("seed " + seed, text.toString()));
        }
    }

    private static void check(SourceFile source) throws ReflectiveOperationException {
        AstDump.of(Examination.of(source).tree());
        var ranges = new ArrayList<SourceRange>();
        try {
            collect(Dockerfile.parse(source), ranges);
        } catch (DockerfileException refused) {
            refused.diagnostics().forEach(each -> ranges.add(each.range()));
            assertThat(refused.render()).contains(source.name());
        }
        var lines = source.text().chars().filter(each -> each == '\n').count() + 1;
        for (var range : ranges) {
            assertThat(range.endLine()).isLessThanOrEqualTo((int) lines);
            assertThat(range.startColumn() - 1).isLessThanOrEqualTo(length(source, range.startLine()));
            assertThat(range.endColumn() - 1).isLessThanOrEqualTo(length(source, range.endLine()));
        }
    }

    /// In code points, with the line break.
    private static int length(SourceFile source, int number) {
        var start = 0;
        for (var line = 1; line < number; line++) {
            start = source.text().indexOf('\n', start) + 1;
        }
        var end = source.text().indexOf('\n', start);
        return source.text().codePointCount(start, end < 0 ? source.text().length() : end + 1);
    }

    private static void collect(Object value, List<SourceRange> ranges) throws ReflectiveOperationException {
        switch (value) {
            case null -> {}
            case SourceRange range -> ranges.add(range);
            case List<?> list -> {
                for (var each : list) {
                    collect(each, ranges);
                }
            }
            case SourceFile _ -> {}
            case Record node -> {
                for (RecordComponent component : node.getClass().getRecordComponents()) {
                    var accessor = component.getAccessor();
                    accessor.setAccessible(true);
                    collect(accessor.invoke(node), ranges);
                }
            }
            default -> {}
        }
    }
}
