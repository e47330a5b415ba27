package dev.jbuild.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z",
        "2024-02-29T12:34:56.120000000Z, 2024-02-29T12:34:56.12Z",
        "2024-02-29T00:30:00.5+02:00, 2024-02-28T22:30:00.5Z",
        "2024-02-29t00:30:00-00:30, 2024-02-29T01:00:00Z",
    })
    void isWrittenInUtcWithoutTrailingZeros(String read, String written) {
        Instant time = Rfc3339.parse(read);
        assertThat(Rfc3339.print(time)).isEqualTo(written);
        assertThat(time).isEqualTo(Instant.parse(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024",
                "2024-02-30T00:00:00Z",
                "2024-01-01 00:00:00Z",
                "2024-01-01T24:00:00Z",
                "2024-01-01T00:00:00",
                "2024-01-01T00:00:00.Z",
                "2024-01-01T00:00:00.1234567890Z",
                "2024-01-01T00:00:00Zx",
                "2024-01-01T00:00:00+24:00",
                "+024-01-01T00:00:00Z",
                "٢024-01-01T00:00:00Z"
            })
    void otherTextsAreNoTime(String text) {
        assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
