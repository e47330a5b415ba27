package dev.jbuild.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModeChangeTest {
    @ParameterizedTest(name = "{0} on a file {1}: {2}, on a directory {3}")
    @CsvSource(
            delimiter = ' ',
            value = {
                "0644 755 644 644",
                "7777 0 7777 7777",
                "0 777 0 0",
                "00000755 0 755 755",
                "+x 644 755 755",
                "a+x 644 755 755",
                "u+x,g-r 644 704 704",
                "u=rwX,go=rX 600 644 755",
                "u=rwX,go=rX 700 755 755",
                "a+rX 640 644 755",
                "-w 777 555 555",
                "go= 4777 4700 4700",
                "u+s 755 4755 4755",
                "g+s 755 2755 2755",
                "+t 755 1755 1755",
                "o=u 640 646 646",
                "g=u-w 640 640 640",
                "u=rw+x 0 700 700"
            })
    void changes(String text, String mode, String file, String directory) {
        ModeChange change = ModeChange.parse(text);
        int before = Integer.parseInt(mode, 8);
        assertThat(Integer.toOctalString(change.apply(before, false))).isEqualTo(file);
        assertThat(Integer.toOctalString(change.apply(before, true))).isEqualTo(directory);
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", "64a", "8", "10000", "77777777777777", "u", "u+x,", "+z", "u=rw,", "-1x", "u+x g+x"})
    void whatIsNoModeIsRefused(String text) {
        assertThatThrownBy(() -> ModeChange.parse(text))
                .isInstanceOf(CopyException.class)
                .hasMessage("invalid chmod parameter: '" + text
                        + "'. it should be octal string and between 0 and 07777, or a symbolic mode like u=rwX,go=rX");
    }
}
