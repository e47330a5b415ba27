package dev.jbuild.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileAddressTest {
    @ParameterizedTest
    @CsvSource({
        "http://h/a/b.txt, b.txt",
        "https://h/a/b.txt?x=/c/d#e/f, b.txt",
        "http://h/a%20b, a b",
        "http://h/a b, a b",
        "http://h/%C3%A4, ä",
        "http://h/ä, ä",
        "http://h/a/, a",
        "http://h/a%2fb, b",
        "http://h/..%2f..%2fetc%2fpasswd, passwd",
        "http://h/a\\b, a\\b",
        "http://h/a%5Cb, a\\b",
        "http://h/[a]*.txt, [a]*.txt",
        "http://h:8080/a;b, a;b",
        "http://[::1]:80/a, a",
    })
    void lastNameOfThePathIsTheNameOfTheFile(String url, String name) {
        assertThat(FileAddress.parse(url).fileName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h",
                "http://h/",
                "http://h/?a=b",
                "http://h//",
                "http://h/.",
                "http://h/..",
                "http://h/a/..%2f",
                "http://h/%2e%2e"
            })
    void whatIsNoNameIsUnnamed(String url) {
        assertThat(FileAddress.parse(url).fileName()).isEqualTo("__unnamed__");
    }

    @ParameterizedTest
    @CsvSource({"http://h/a%00b, a%00b", "http://h/a%0Ab, a%0Ab", "http://h/%1B[31m, %1B%5B31m", "http://h/%ff, %ff"})
    void namesThatCannotBeShownStayEscaped(String url, String name) {
        assertThat(FileAddress.parse(url).fileName()).isEqualTo(name);
    }

    @Test
    void longNamesAreRefused() {
        assertThat(FileAddress.parse("http://h/" + "a".repeat(255)).fileName()).hasSize(255);
        assertThatThrownBy(() -> FileAddress.parse("http://h/" + "a".repeat(256)))
                .isInstanceOf(RemoteFileException.class)
                .hasMessageEndingWith("is longer than 255 bytes");
        assertThatThrownBy(() -> FileAddress.parse("http://h/" + "ä".repeat(128)))
                .hasMessageEndingWith("is longer than 255 bytes");
        assertThatThrownBy(() -> FileAddress.parse("http://h/" + "a".repeat(5000)))
                .hasMessageEndingWith("is longer than 255 bytes");
        assertThatThrownBy(() -> FileAddress.parse("http://h/" + "a/".repeat(5000)))
                .hasMessageEndingWith("is longer than 8000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http:///a",
                "http://h/%zz",
                "http://h/%",
                "http://h:x/a",
                "http://h/a\nb",
                "http://h/a\0b"
            })
    void otherTextIsNoAddress(String url) {
        assertThatThrownBy(() -> FileAddress.parse(url))
                .isInstanceOf(RemoteFileException.class)
                .hasMessageStartingWith("invalid URL '");
    }

    @Test
    void loginsAreApartAndNeverShown() {
        FileAddress address = FileAddress.parse("https://us%65r:p%40ss@h/a?token=x");

        assertThat(address.uri()).hasToString("https://h/a?token=x");
        assertThat(address.login()).isEqualTo("user:p@ss");
        assertThat(address).hasToString("https://h/a?...");
        assertThat(address.identity())
                .isNotEqualTo(FileAddress.parse("https://h/a?token=x").identity());
    }
}
