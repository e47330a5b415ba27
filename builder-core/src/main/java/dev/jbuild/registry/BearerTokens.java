package dev.jbuild.registry;

import dev.jbuild.http.Exchange;
import dev.jbuild.http.Origin;
import dev.jbuild.http.Response;
import dev.jbuild.http.Transport;
import dev.jbuild.oci.Excerpt;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.oci.OciJson;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tokens that registries give to anybody, one for each origin and repository, kept until shortly before they
/// end.
///
/// The server that gives tokens out is named by the registry, so it is not trusted: it is asked only over HTTPS,
/// unless registry and it are on this machine or it is the registry itself, and a redirect of it is not followed.
final class BearerTokens {
    private static final int MAX_TOKEN_ANSWER = 256 << 10;

    /// Specified for answers that do not say how long a token holds.
    private static final int DEFAULT_SECONDS = 60;

    private record Key(Origin origin, String repository) {}

    private record Token(String value, long endNanos) {
        boolean holds() {
            return System.nanoTime() - endNanos < 0;
        }
    }

    private final Transport transport;
    private final Map<Key, Token> tokens = new ConcurrentHashMap<>();

    BearerTokens(Transport transport) {
        this.transport = transport;
    }

    /// {@return the header value for an exchange with a repository; null when no token is known, which is no
    /// failure}
    @Nullable
    String authorization(Origin origin, String repository) {
        Token token = tokens.get(new Key(origin, repository));
        return token == null || !token.holds() ? null : "Bearer " + token.value();
    }

    /// {@return the header value that answers a challenge}
    ///
    /// @throws IOException when no token is given out; its message is for people
    String answer(BearerChallenge challenge, Origin origin, String repository)
            throws IOException, InterruptedException {
        URI uri = tokenUri(challenge, origin, repository);
        Exchange exchange =
                Exchange.get(uri, Map.of("Accept", "application/json")).withoutRedirects();
        try (Response response = transport.send(exchange)) {
            if (response.status() != 200) {
                throw new IOException("no token: " + ErrorAnswer.of(response).words());
            }
            Token token = read(response.body().readNBytes(MAX_TOKEN_ANSWER + 1));
            tokens.put(new Key(origin, repository), token);
            return "Bearer " + token.value();
        }
    }

    private static Token read(byte[] body) throws IOException {
        try {
            JsonFields fields = JsonFields.of("token", OciJson.parse("token", body, MAX_TOKEN_ANSWER));
            String value = fields.optionalString("token");
            String token = value == null || value.isEmpty() ? fields.string("access_token") : value;
            if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new IOException("no token: the answer holds none that can be sent");
            }
            Long seconds = fields.optionalNumber("expires_in", Integer.MIN_VALUE, Integer.MAX_VALUE);
            long holds = seconds == null || seconds <= 0 ? DEFAULT_SECONDS : seconds;
            return new Token(
                    token, System.nanoTime() + Duration.ofSeconds(holds).toNanos() / 10 * 9);
        } catch (MalformedImageException malformed) {
            throw new IOException("no token: " + malformed.getMessage(), malformed);
        }
    }

    private static URI tokenUri(BearerChallenge challenge, Origin registry, String repository) throws IOException {
        URI realm;
        try {
            realm = new URI(challenge.realm());
        } catch (URISyntaxException notAnAddress) {
            throw new IOException("no token: invalid realm " + Excerpt.quoted(challenge.realm()), notAnAddress);
        }
        Origin origin = Origin.of(realm);
        boolean trusted = origin != null
                && realm.getRawUserInfo() == null
                && (origin.isSecure() || origin.equals(registry) || (origin.isLoopback() && registry.isLoopback()));
        if (!trusted) {
            throw new IOException("no token: realm " + Origin.redacted(realm) + " is not one of HTTPS");
        }
        String scope = challenge.scope() == null ? "repository:" + repository + ":pull" : challenge.scope();
        String own = realm.getRawQuery() == null ? "" : realm.getRawQuery() + "&";
        String service = challenge.service() == null ? "" : "service=" + encoded(challenge.service()) + "&";
        String path = realm.getRawPath();
        return URI.create(realm.getScheme() + "://" + realm.getRawAuthority() + path + "?" + own + service + "scope="
                + encoded(scope));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
