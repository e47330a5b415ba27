package dev.jbuild.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerChallengeTest {
    @Test
    void parametersAreReadQuotedOrNot() {
        assertThat(BearerChallenge.parse("bearer Realm=\"https://a/\\\"t\", service=s ,scope=\"r:a,b:pull,push\",x=1"))
                .isEqualTo(new BearerChallenge("https://a/\"t", "s", "r:a,b:pull,push"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic realm=\"x\"", "Bearer", "Bearer service=\"a\"", "Bearer realm=\"open"})
    void withoutRealmItIsNoChallenge(String header) {
        assertThat(BearerChallenge.parse(header)).isNull();
    }
}
