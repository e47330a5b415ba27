package dev.jbuild.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.linux.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ByteTextTest {
    @Test
    void textStandsAsItIs() {
        assertThat(ByteText.write(ByteString.of("usr/lib/grüße 🎉\n"))).isEqualTo("usr/lib/grüße 🎉\n");
    }

    @Test
    void otherBytesAndBackslashesAreEscaped() {
        var name = ByteString.ofBytes("a\u00ff\\xff\u00c3".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(ByteText.write(name)).isEqualTo("a\\xff\\\\xff\\xc3");
    }

    @Test
    void differentNamesGiveDifferentTextsThatLeadBack() {
        Set<String> texts = new HashSet<>();
        Set<ByteString> names = new HashSet<>();
        var random = new Random(7);
        byte[] alphabet = {
            '\\', 'x', 'f', (byte) 0xff, (byte) 0xc3, (byte) 0xa4, 'a', (byte) 0xe2, (byte) 0x82, (byte) 0xac
        };
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(7)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = alphabet[random.nextInt(alphabet.length)];
            }
            var name = ByteString.ofBytes(bytes);
            String text = ByteText.write(name);
            assertThat(texts.add(text)).isEqualTo(names.add(name));
            assertThat(ByteText.read(text)).isEqualTo(name);
        }
    }

    @Test
    void aBackslashThatEscapesNothingIsRefused() {
        assertThatThrownBy(() -> ByteText.read("a\\b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a backslash that escapes nothing in 'a\\b'");
    }
}
