package dev.jbuild.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.dockerfile.Word;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordExpanderTest {
    private static final Map<String, String> VARIABLES =
            Map.of("PWD", "/home", "EMPTY", "", "V", "/usr/local/lib/file.tar.gz", "L", "a b  c");
    private final WordExpander expander = new WordExpander(VARIABLES::get);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    hello | hello
                    $PWD/x | /home/x
                    ${PWD}x | /homex
                    '$PWD' | $PWD
                    "$PWD" | /home
                    \\$PWD | $PWD
                    ${NONE:-d} | d
                    ${EMPTY:-d} | d
                    ${EMPTY-d} | ``
                    ${PWD:+set} | set
                    ${NONE+set} | ``
                    ${NONE:-${PWD}} | /home
                    ${V#*/} | usr/local/lib/file.tar.gz
                    ${V##*/} | file.tar.gz
                    ${V%.*} | /usr/local/lib/file.tar
                    ${V%%.*} | /usr/local/lib/file
                    ${V/lib/LIB} | /usr/local/LIB/file.tar.gz
                    ${V//l/L} | /usr/LocaL/Lib/fiLe.tar.gz
                    ${V/?ile/x} | /usr/local/lib/x.tar.gz
                    """)
    void aWordHasOneValue(String text, String expected) {
        assertThat(expander.expand(Word.parse(text, '\\'))).isEqualTo(expected);
    }

    @Test
    void unquotedVariablesMayHoldSeveralWords() {
        assertThat(expander.expandToWords(Word.parse("$L", '\\'))).containsExactly("a", "b", "c");
        assertThat(expander.expandToWords(Word.parse("\"$L\"", '\\'))).containsExactly("a b  c");
        assertThat(expander.expandToWords(Word.parse("x${L}y", '\\'))).containsExactly("xa", "b", "cy");
    }

    @Test
    void aRequiredVariableSaysWhatIsMissing() {
        assertThatThrownBy(() -> expander.expand(Word.parse("${NONE:?give it}", '\\')))
                .isInstanceOf(ExpansionException.class)
                .hasMessage("NONE: give it");
        assertThatThrownBy(() -> expander.expand(Word.parse("${NONE?}", '\\')))
                .hasMessage("NONE: is not allowed to be unset");
    }
}
