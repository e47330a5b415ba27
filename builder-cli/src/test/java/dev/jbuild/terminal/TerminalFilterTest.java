package dev.jbuild.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalFilterTest {
    @ParameterizedTest
    @CsvSource({
        "plain text, plain text",
        "tab\\tü€😀, tab\\tü€😀",
        "a\\e[2Jb, ab",
        "a\\e[10;20Hb, ab",
        "a\\e[?25lb, ab",
        "a\\e]0;title\\ab, ab",
        "a\\e]52;c;Y2xpcGJvYXJk\\e\\\\b, ab",
        "a\\ePq#0\\e\\\\b, ab",
        "a\\e_hidden\\e\\\\b, ab",
        "a\\e(0b, ab",
        "a\\ecb, ab",
        "bell\\a and backspace\\b, bell and backspace",
        "a\\e[31mred\\e[0m, a\\e[31mred\\e[0m",
        "a\\e[31mred\\n, a\\e[31mred\\e[0m\\n",
        "a\\e[>4;2mb, ab",
        "10%\\r20%\\r\\n, 10%\\n20%\\n",
        "a\\e\\nb, a\\nb",
    })
    void onlyTextAndColoursPass(String printed, String shown) {
        assertThat(escaped(filterAtOnce(unescaped(printed)))).isEqualTo(shown);
    }

    @Test
    void controlCharactersInTwoBytesAreDropped() {
        // U+009B is the same as ESC [.
        assertThat(filterAtOnce("a\u009b2Jb\u00a0c")).isEqualTo("a2Jb\u00a0c");
    }

    @Test
    void cutsInTheMiddleOfASequenceChangeNothing() {
        var text = unescaped("a\\e]0;title\\ab\\e[31mred\\e[0m\\e[2J ü\\r\\nend\\e_x\\e\\\\.");
        var filter = new TerminalFilter();
        var out = new ByteArrayOutputStream();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            out.writeBytes(filter.filter(new byte[] {value}));
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(filterAtOnce(text));
    }

    @Test
    void aColourThatIsStillOnCanBeEnded() {
        var filter = new TerminalFilter();
        filter.filter("\033[31mred".getBytes(StandardCharsets.UTF_8));

        assertThat(filter.resetColour()).isEqualTo("\033[0m".getBytes(StandardCharsets.UTF_8));
        assertThat(filter.resetColour()).isEmpty();
    }

    private static String filterAtOnce(String text) {
        return new String(new TerminalFilter().filter(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private static String unescaped(String text) {
        return text.replace("\\\\", "\0")
                .replace("\\e", "\033")
                .replace("\\a", "\007")
                .replace("\\b", "\b")
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\t", "\t")
                .replace("\0", "\\");
    }

    private static String escaped(String text) {
        return text.replace("\033", "\\e")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\r", "\\r");
    }
}
