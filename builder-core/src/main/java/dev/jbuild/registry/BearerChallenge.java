package dev.jbuild.registry;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a registry asks for by `WWW-Authenticate: Bearer realm="...",service="...",scope="..."`.
///
/// @param realm where tokens are given out
/// @param service null when the registry does not say
/// @param scope null when the registry does not say
/// @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Token authentication</a>
record BearerChallenge(
        String realm, @Nullable String service, @Nullable String scope) {
    private static final String SCHEME = "bearer ";

    /// {@return the challenge of a header, null when it is another scheme, malformed, or names no realm}
    static @Nullable BearerChallenge parse(String header) {
        if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return null;
        }
        Map<String, String> parameters = new Parameters(header, SCHEME.length()).read();
        String realm = parameters.get("realm");
        return realm == null ? null : new BearerChallenge(realm, parameters.get("service"), parameters.get("scope"));
    }

    /// Reads `name=token` and `name="quoted"` pairs up to the first thing that is neither.
    private static final class Parameters {
        private final String header;
        private int at;

        Parameters(String header, int start) {
            this.header = header;
            this.at = start;
        }

        Map<String, String> read() {
            var parameters = new TreeMap<String, String>();
            while (true) {
                skipSeparators();
                int equals = header.indexOf('=', at);
                if (equals < 0) {
                    return parameters;
                }
                String name = header.substring(at, equals).strip().toLowerCase(Locale.ROOT);
                at = equals + 1;
                String value = at < header.length() && header.charAt(at) == '"' ? quoted() : token();
                if (value == null || name.indexOf(' ') >= 0) {
                    return parameters;
                }
                parameters.putIfAbsent(name, value);
            }
        }

        private void skipSeparators() {
            while (at < header.length() && (header.charAt(at) == ' ' || header.charAt(at) == ',')) {
                at++;
            }
        }

        private String token() {
            int comma = header.indexOf(',', at);
            int end = comma < 0 ? header.length() : comma;
            String value = header.substring(at, end).strip();
            at = end;
            return value;
        }

        private @Nullable String quoted() {
            var value = new StringBuilder();
            for (int i = at + 1; i < header.length(); i++) {
                char c = header.charAt(i);
                if (c == '"') {
                    at = i + 1;
                    return value.toString();
                }
                if (c == '\\' && i + 1 < header.length()) {
                    i++;
                }
                value.append(header.charAt(i));
            }
            return null;
        }
    }
}
