package dev.jbuild.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.jbuild.linux.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnorePatternsTest {
    @ParameterizedTest(name = "''{0}'' on {1}: {2}")
    @CsvSource(
            delimiter = ' ',
            value = {
                "*.txt a.txt true",
                "*.txt d/a.txt false",
                "**/*.txt d/e/a.txt true",
                "**/*.txt a.txt true",
                "d d/e/f true",
                "d de false",
                "d/ d/e true",
                "/d d/e true",
                "d/** d false",
                "d/** d/e true",
                "x/**/y x/y true",
                "x/**/y x/1/2/y true",
                "x/**/y xzy false",
                "a[^b]c abc false",
                "a[^b]c adc true",
                "a[!b]c abc true",
                "[a-c]? bd true",
                "a\\*b a*b true",
                "a\\*b axb false",
                "a{b,c} ab false",
                "a*|b b true",
                "a{2} a{2} true",
                "a{2}* aab true",
                "[[:digit:]]x 7x true",
                "a\\dc a7c true",
                "^a* a true",
                "b^a* ba false"
            })
    void patternMatchesPathAndAllBelowIt(String pattern, String path, boolean excluded) {
        assertThat(ignoring(pattern).excludes(ByteString.of(path))).isEqualTo(excluded);
    }

    @Test
    void aPatternThatIsNoneToDockerIsAnErrorWhenItIsAsked() {
        IgnorePatterns patterns = ignoring("a*\n[z-a]");
        assertThat(patterns.excludes(ByteString.of("abc"))).isTrue();
        assertThatThrownBy(() -> patterns.excludes(ByteString.of("b")))
                .isInstanceOf(ContextException.class)
                .hasMessage(".dockerignore:2:1: the range 'z-a' is the wrong way round in '[z-a]'");
    }

    @Test
    void thePlaceOfAPatternIsFoundInOneWalk() {
        int blanks = 1 << 19;
        assertThatThrownBy(() -> ignoring("\u00a0\t[\n" + " ".repeat(blanks) + "["))
                .hasMessage(".dockerignore:1:3: '[' without ']' in '['\n.dockerignore:2:" + (blanks + 1)
                        + ": '[' without ']' in '['");
    }

    @Test
    void aLineThatSaysNothingNewIsForgottenBelowThatDirectory() {
        IgnorePatterns patterns = ignoring("a/b\n!a");
        var a = patterns.judge(ByteString.of("a"), IgnorePatterns.Verdict.ROOT);
        assertThat(patterns.judge(ByteString.of("a/b"), a).excluded()).isTrue();
    }

    @Test
    void lastMatchingLineDecides() {
        IgnorePatterns patterns = ignoring("docs\n!docs/keep\ndocs/keep/not");
        assertThat(patterns.excludes(ByteString.of("docs/x"))).isTrue();
        assertThat(patterns.excludes(ByteString.of("docs/keep/x"))).isFalse();
        assertThat(patterns.excludes(ByteString.of("docs/keep/not/x"))).isTrue();
    }

    @Test
    void laterLineTakesBackWhatAnEarlierOneNamedDeeper() {
        assertThat(ignoring("a/b\n!a").excludes(ByteString.of("a/b"))).isFalse();
    }

    @Test
    void nothingBelowAnExcludedDirectoryComesBackWithoutALineThatCouldMatchThere() {
        IgnorePatterns patterns = ignoring("node_modules\n!src/**\n!a/b/c\n!z*/k");
        assertThat(couldIncludeBelow(patterns, "node_modules")).isFalse();
        assertThat(couldIncludeBelow(patterns, "a")).isTrue();
        assertThat(couldIncludeBelow(patterns, "a/b")).isTrue();
        assertThat(couldIncludeBelow(patterns, "a/b/c")).isFalse();
        assertThat(couldIncludeBelow(patterns, "a/x")).isFalse();
        assertThat(couldIncludeBelow(patterns, "src")).isTrue();
        assertThat(couldIncludeBelow(patterns, "zz")).isTrue();
        assertThat(couldIncludeBelow(patterns, "zz/k")).isFalse();
    }

    @Test
    void aLineBeforeTheExcludingOneTakesNothingBack() {
        IgnorePatterns patterns = ignoring("!a/b\na");
        assertThat(couldIncludeBelow(patterns, "a")).isFalse();
        assertThat(patterns.excludes(ByteString.of("a/b"))).isTrue();
    }

    @Test
    void namesMayBeAnyBytes() {
        var name = ByteString.ofBytes(new byte[] {'a', (byte) 0xff, '\n', 'b'});
        assertThat(ignoring("a??b").excludes(name)).isTrue();
        assertThat(ignoring("**").excludes(name)).isTrue();
        assertThat(ignoring("a*").excludes(name)).isTrue();
        var pattern = ByteString.ofBytes(new byte[] {'*', (byte) 0xff, '?', 'b'});
        assertThat(IgnorePatterns.parse(".dockerignore", pattern.toBytes()).excludes(name))
                .isTrue();
        assertThat(IgnorePatterns.parse(".dockerignore", pattern.toBytes()).excludes(ByteString.of("a\u00ff\nb")))
                .isFalse();
    }

    @Test
    void questionMarkIsOneCharacterNotOneByte() {
        assertThat(ignoring("?").excludes(ByteString.of("\u00e9"))).isTrue();
        assertThat(ignoring("?").excludes(ByteString.of("\ud83d\ude00"))).isTrue();
        assertThat(ignoring("[\u00e0-\u00ff]").excludes(ByteString.of("\u00e9")))
                .isTrue();
    }

    @Test
    void allBadLinesAreNamed() {
        assertThatThrownBy(() -> ignoring("# fine\nok\n[a\n!\nb\\\n[]x]"))
                .isInstanceOf(ContextException.class)
                .hasMessage("""
                        .dockerignore:3:1: '[' without ']' in '[a'
                        .dockerignore:4:1: no pattern behind the '!' in '!'
                        .dockerignore:5:1: nothing follows the last '\\' in 'b\\'
                        .dockerignore:6:1: ']' within '[' and ']' must be written '\\]' in '[]x]'""");
    }

    @Test
    void aFileThatNobodyWroteIsRefused() {
        assertThatThrownBy(() -> IgnorePatterns.parse("app.dockerignore", new byte[(1 << 20) + 1]))
                .hasMessage("app.dockerignore is larger than 1 MiB, which no list of patterns should be");
    }

    @Test
    void timeGrowsWithTheLengthOfThePathOnly() {
        IgnorePatterns patterns = ignoring("**/a*".repeat(40) + "**/b");
        ByteString path = ByteString.of("a/".repeat(2000) + "a");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 10; i++) {
                assertThat(patterns.judge(path, IgnorePatterns.Verdict.ROOT).excluded())
                        .isFalse();
            }
        });
    }

    @Test
    void manyPatternsWithoutPlainTextAtTheirEndsAreNotAskedOneByOne() {
        var lines = new StringBuilder("a*longer\n");
        for (int i = 0; i < 20_000; i++) {
            lines.append("*x").append(i).append("*\n**/y").append(i).append("*\n");
        }
        IgnorePatterns patterns = ignoring(lines.toString());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 20_000; i++) {
                ByteString path = ByteString.of("src/file" + i);
                assertThat(patterns.judge(path, IgnorePatterns.Verdict.ROOT).excluded())
                        .isFalse();
            }
        });
        assertThat(patterns.excludes(ByteString.of("ax19999b"))).isTrue();
        assertThat(patterns.excludes(ByteString.of("s/y17"))).isTrue();
    }

    private static boolean couldIncludeBelow(IgnorePatterns patterns, String directory) {
        ByteString path = ByteString.of(directory);
        IgnorePatterns.Verdict verdict = IgnorePatterns.Verdict.ROOT;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            verdict = patterns.judge(path.substring(0, slash), verdict);
        }
        return patterns.couldIncludeBelow(path, patterns.judge(path, verdict));
    }

    private static IgnorePatterns ignoring(String file) {
        return IgnorePatterns.parse(".dockerignore", file.getBytes(StandardCharsets.UTF_8));
    }
}
