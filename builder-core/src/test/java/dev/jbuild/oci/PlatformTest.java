package dev.jbuild.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "Linux/X86_64, linux/amd64",
        "aarch64, linux/arm64",
        "linux/arm64/v8, linux/arm64",
        "linux/arm64/8, linux/arm64",
        "linux/arm64/v9, linux/arm64/v9",
        "linux/armhf, linux/arm/v7",
        "linux/armel, linux/arm/v6",
        "linux/arm, linux/arm/v7",
        "linux/arm/6, linux/arm/v6",
        "linux/i386, linux/386",
        "linux/amd64/v1, linux/amd64",
        "linux/amd64/v3, linux/amd64/v3",
        "windows(10.0.17763)/amd64, windows(10.0.17763)/amd64",
        "macos/aarch64, darwin/arm64",
    })
    void isAlwaysInTheNormalForm(String text, String normal) {
        assertThat(Platform.parse(text)).hasToString(normal).isEqualTo(Platform.parse(normal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "linux/",
                "/amd64",
                "linux/amd64/",
                "linux/../x",
                "linux/a/b/c",
                "li nux/amd64",
                "x",
                "amd65"
            })
    void nonsenseIsRefused(String text) {
        assertThatThrownBy(() -> Platform.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("invalid platform '" + text + "': write os/architecture[/variant], such as linux/amd64");
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64, true",
        "linux/amd64/v2, linux/amd64, false",
        "linux/amd64/v2, linux/amd64/v3, true",
        "linux/arm/v6, linux/arm/v7, true",
        "linux/arm/v7, linux/arm/v6, false",
        "linux/arm64, linux/amd64, false",
        "windows/amd64, linux/amd64, false",
        "linux/mips64/r6, linux/mips64/r6, true",
        "linux/mips64/r6, linux/mips64, false",
    })
    void imageRunsOnItsOwnAndLaterVariants(String image, String wanted, boolean runs) {
        assertThat(Platform.parse(image).fitness(Platform.parse(wanted)) >= 0).isEqualTo(runs);
    }

    @Test
    void systemAloneIsThatOfThisProcessor() {
        assertThat(Platform.parse("linux")).isEqualTo(Platform.host());
        assertThat(Platform.parse("Windows"))
                .isEqualTo(Platform.of("windows", Platform.host().architecture()));
    }

    @Test
    void hostIsInTheNormalForm() {
        assertThat(Platform.host().os()).isEqualTo("linux");
        assertThat(Platform.host().architecture()).isNotIn("x86_64", "aarch64");
    }
}
