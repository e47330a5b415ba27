package dev.jbuild.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ByteStringTest {
    private static final ByteString NOT_UTF8 = ByteString.ofBytes(new byte[] {'a', (byte) 0xff, '\n', (byte) 0xc3});

    @Test
    void orderIsThatOfUnsignedBytes() {
        var sorted =
                Stream.of("ü", "b", "a/b", "a", "", "a-b").map(ByteString::of).sorted();

        assertThat(sorted.map(ByteString::toString)).containsExactly("", "a", "a-b", "a/b", "b", "ü");
    }

    @Test
    void printsTextAsItIsAndTheRestInHex() {
        assertThat(ByteString.of("größe 日本 😀")).hasToString("größe 日本 😀");
        assertThat(NOT_UTF8).hasToString("a\\xff\\x0a\\xc3");
        assertThat(ByteString.of("\u0085\u007f")).hasToString("\\xc2\\x85\\x7f");
    }

    @Test
    void onlyShortestFormsOfUnicodeTextAreUtf8() {
        assertThat(ByteString.of("größe 日本 😀").isUtf8()).isTrue();
        assertThat(NOT_UTF8.isUtf8()).isFalse();
        assertThat(bytes(0xc0, 0xaf).isUtf8()).as("overlong slash").isFalse();
        assertThat(bytes(0xe0, 0x80, 0xaf).isUtf8()).as("overlong slash").isFalse();
        assertThat(bytes(0xed, 0xa0, 0x80).isUtf8()).as("half a surrogate pair").isFalse();
        assertThat(bytes(0xf4, 0x90, 0x80, 0x80).isUtf8())
                .as("behind the last code point")
                .isFalse();
        assertThat(bytes(0xe2, 0x82).isUtf8()).as("cut off").isFalse();
    }

    @Test
    void pathsAreJoinedAndTakenApartAtSlashes() {
        ByteString path = ByteString.of("usr").resolve(ByteString.of("lib/x"));

        assertThat(path).hasToString("usr/lib/x");
        assertThat(path.parent()).hasToString("usr/lib");
        assertThat(path.name()).hasToString("x");
        assertThat(ByteString.of("x").parent()).isEqualTo(ByteString.EMPTY);
        assertThat(ByteString.EMPTY.resolve(path)).isEqualTo(path);
        assertThat(path.resolve(ByteString.EMPTY)).isEqualTo(path);
    }

    @Test
    void aSiblingWithALongerNameIsNotBelow() {
        assertThat(ByteString.of("a/b").isBelowOrSame(ByteString.of("a"))).isTrue();
        assertThat(ByteString.of("ab").isBelowOrSame(ByteString.of("a"))).isFalse();
        assertThat(ByteString.of("a").isBelowOrSame(ByteString.EMPTY)).isTrue();
    }

    @Test
    void equalBytesAreEqualValues() {
        assertThat(ByteString.ofBytes("ab".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(ByteString.of("ab"))
                .hasSameHashCodeAs(ByteString.of("ab"));
    }

    private static ByteString bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.ofBytes(bytes);
    }
}
