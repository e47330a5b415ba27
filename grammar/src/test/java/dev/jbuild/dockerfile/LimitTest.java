package dev.jbuild.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How large a file may be, and what reading the largest costs.
class LimitTest {
    private static SourceFile source(String text) {
        return SourceFile.of("Dockerfile", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aHugeHeredocIsRefused() {
        var text = "FROM a\nRUN <<E\n" + "x".repeat(60_000).concat("\n").repeat(40) + "E\n";

        assertThatThrownBy(() -> source(text))
                .isInstanceOf(DockerfileException.class)
                .hasMessageContaining("more than 2097152");
    }

    @Test
    void aFileOfNothingButLineBreaksIsRefused() {
        var text = "FROM a\n" + "\n".repeat(SourceFile.MAX_LINES);

        assertThatThrownBy(() -> source(text)).hasMessageContaining("100002 lines, more than 100000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\n", "#\n", "\n", "RUN x\n", "ENV a=\"b\"\n", "RUN x \\\n", "FROM a\n", "COPY a b\n"})
    @Timeout(20)
    void asManyLinesAsMayBeAreRead(String line) {
        var text = "FROM a\n" + line.repeat(SourceFile.MAX_LINES - 2);

        assertThat(Examination.of(source(text)).tree().nodes()).isNotEmpty();
    }

    @Test
    @Timeout(60)
    void twentyThousandInstructionsAreReadAtOnce() {
        var lines =
                "RUN apt-get install -y a b c && echo done\nCOPY --chown=1:1 a b /c/\nENV A=b C=\"d e\"\nLABEL x=y\n";
        var text = "FROM a\n" + (lines + "#" + " x".repeat(60) + "\n").repeat(5_000);

        assertThat(text.length()).isGreaterThan(1 << 20);
        assertThat(Dockerfile.parse(source(text)).stages().getFirst().instructions())
                .hasSize(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFFFE", "FROM a\0", "FROM a\rRUN b\r", "\uFEFFFROM a\n", "RUN a\u0000b"})
    void oddCharactersAreNoSurprise(String text) {
        assertThat(Examination.of(source(text)).diagnostics()).isNotNull();
    }

    @Test
    void anotherEncodingIsToldByItsFirstByte() {
        assertThatThrownBy(() -> SourceFile.of("Dockerfile", "FROM a".getBytes(StandardCharsets.UTF_16)))
                .hasMessageContaining("byte 0xfe at offset 0 is not UTF-8 text");
    }
}
