package dev.jbuild.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.linux.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileGlobTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ' ',
            value = {"a/b false", "a*b true", "a?b true", "a[b] true", "a\\*b false", "a\\\\*b true", "a] false"})
    void wildcardsAreTold(String text, boolean wildcard) {
        assertThat(FileGlob.hasWildcard(ByteString.of(text))).isEqualTo(wildcard);
    }

    @ParameterizedTest(name = "{0} starts in ''{1}''")
    @CsvSource(
            delimiter = ' ',
            value = {"*.txt ''", "a/b/c* a/b", "a/*/c a", "a\\[1\\]/*.c a[1]", "a/b?/c/d a"})
    void baseIsTheDirectoryBeforeTheFirstWildcard(String pattern, String base) {
        assertThat(FileGlob.compile(ByteString.of(pattern)).base()).isEqualTo(ByteString.of(base));
    }

    @Test
    void wildcardsStopAtASlash() {
        FileGlob glob = FileGlob.compile(ByteString.of("src/*/m*.c"));
        assertThat(glob.matches(ByteString.of("a/main.c"))).isTrue();
        assertThat(glob.matches(ByteString.of("a/b/main.c"))).isFalse();
        assertThat(glob.matches(ByteString.of("main.c"))).isFalse();
        assertThat(glob.couldMatchBelow(ByteString.of("a"))).isTrue();
        assertThat(glob.couldMatchBelow(ByteString.of("a/m"))).isFalse();
    }

    @Test
    void twoStarsAreNoMoreThanOne() {
        FileGlob glob = FileGlob.compile(ByteString.of("**/x"));
        assertThat(glob.matches(ByteString.of("a/x"))).isTrue();
        assertThat(glob.matches(ByteString.of("a/b/x"))).isFalse();
        assertThat(glob.matches(ByteString.of("x"))).isFalse();
    }

    @Test
    void invalidPatternIsRefused() {
        assertThatThrownBy(() -> FileGlob.compile(ByteString.of("a/[b")))
                .isInstanceOf(ContextException.class)
                .hasMessage("'a/[b' is no file pattern: '[' without ']'");
    }
}
