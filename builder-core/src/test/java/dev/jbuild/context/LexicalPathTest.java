package dev.jbuild.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.linux.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexicalPathTest {
    @ParameterizedTest(name = "''{0}''")
    @CsvSource(
            delimiter = ' ',
            value = {
                "'' . ''",
                ". . ''",
                "/ / ''",
                "a/./b//c/ a/b/c a/b/c",
                "a/../b b b",
                "../a ../a a",
                "/../a /a a",
                "a/../../b ../b b",
                ".. .. ''",
                "../.. ../.. ''",
                "/a/ /a a",
                "a/.. . ''"
            })
    void cleanKeepsWhatBelowRootStops(String path, String clean, String belowRoot) {
        assertThat(LexicalPath.clean(ByteString.of(path))).isEqualTo(ByteString.of(clean));
        assertThat(LexicalPath.belowRoot(ByteString.of(path))).isEqualTo(ByteString.of(belowRoot));
    }
}
