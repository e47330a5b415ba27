package dev.jbuild.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
    @ParameterizedTest
    @CsvSource({
        "https://a/v2/x, /y?z=1, https://a/y?z=1",
        "https://a/v2/x, y, https://a/v2/y",
        "https://a/v2/x, https://b:8443/y, https://b:8443/y",
        "http://a/v2/x, https://b/y, https://b/y",
        "http://a/v2/x, //b/y, http://b/y",
    })
    void redirectsLeadElsewhere(String from, String location, String target) throws IOException {
        assertThat(Transport.redirected(URI.create(from), location)).hasToString(target);
    }

    @ParameterizedTest
    @CsvSource({
        "http://b/y, a redirect from https to http://b/y",
        "ftp://b/y, a redirect to ftp://b/y",
        "https://u:p@b/y, a redirect to https://b/y",
        "https://b/a b, a redirect to an invalid address",
    })
    void unsafeRedirectsAreNotFollowed(String location, String message) {
        assertThatThrownBy(() -> Transport.redirected(URI.create("https://a/x"), location))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        assertThat(RetryAfter.delayOf("120")).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.delayOf("99999999999999999999")).isGreaterThan(Duration.ofDays(1000));
        String soon = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(30).format(DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(RetryAfter.delayOf(soon)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
        assertThat(RetryAfter.delayOf("Wed, 21 Oct 2015 07:28:00 GMT")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5"})
    void otherRetryAfterSaysNothing(String header) {
        assertThat(RetryAfter.delayOf(header)).isNull();
    }

    @Test
    void delaysDoubleUpToTheLongest() {
        assertThat(TransportLimits.DEFAULT.backoff(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(TransportLimits.DEFAULT.backoff(3)).isEqualTo(Duration.ofSeconds(4));
        assertThat(TransportLimits.DEFAULT.backoff(100)).isEqualTo(Duration.ofSeconds(60));
    }
}
