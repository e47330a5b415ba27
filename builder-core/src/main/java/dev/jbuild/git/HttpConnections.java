package dev.jbuild.git;

import dev.jbuild.http.Exchange;
import dev.jbuild.http.Origin;
import dev.jbuild.http.Response;
import dev.jbuild.http.Transport;
import dev.jbuild.linux.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/// Lets JGit speak HTTP through jbuild's own transport, which has its time limits, retries and rules.
///
/// Redirects are JGit's business, which follows few and none from HTTPS to HTTP; credentials are sent to the origin of
/// the repository's address and to no other.
final class HttpConnections implements HttpConnectionFactory {
    private final Transport transport;
    private final @Nullable Origin trusted;

    /// @param remote whose credentials JGit may send
    HttpConnections(Transport transport, GitRemote remote) {
        this.transport = transport;
        this.trusted = origin(remote);
    }

    private static @Nullable Origin origin(GitRemote remote) {
        try {
            return Origin.of(new URI(remote.scheme().prefix(), null, remote.host(), remote.port(), "/", null, null));
        } catch (URISyntaxException unusual) {
            // Nobody then gets credentials.
            return null;
        }
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return new Connection(url);
    }

    @Override
    public HttpConnection create(URL url, @Nullable Proxy proxy) throws IOException {
        return new Connection(url);
    }

    private final class Connection implements HttpConnection {
        private final URL url;
        private final URI uri;
        private final Map<String, String> headers = new HashMap<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private @Nullable String authorization;
        private String method = "GET";
        private @Nullable Response response;

        Connection(URL url) throws IOException {
            this.url = url;
            try {
                this.uri = url.toURI();
            } catch (URISyntaxException invalid) {
                throw new MalformedURLException(invalid.getMessage());
            }
        }

        private Response response() throws IOException {
            Response answer = response;
            if (answer == null) {
                answer = send();
                response = answer;
            }
            return answer;
        }

        private Response send() throws IOException {
            Exchange exchange = method.equals("POST")
                    ? Exchange.post(uri, headers, ByteString.ofBytes(body.toByteArray()))
                    : Exchange.get(uri, headers);
            boolean mayAuthorize = trusted != null && trusted.equals(Origin.of(uri));
            try {
                return transport.send(exchange.withAuthorization(mayAuthorize ? authorization : null)
                        .withoutRedirects());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("stopped while asking " + Origin.redacted(uri));
            }
        }

        @Override
        public int getResponseCode() throws IOException {
            return response().status();
        }

        @Override
        public URL getURL() {
            return url;
        }

        @Override
        public String getResponseMessage() throws IOException {
            return "status " + response().status();
        }

        @Override
        public Map<String, List<String>> getHeaderFields() {
            return response == null ? Map.of() : response.headers();
        }

        @Override
        public void setRequestProperty(String key, String value) {
            switch (key.toLowerCase(Locale.ROOT)) {
                case "authorization" -> authorization = value;
                case "user-agent", "connection", "host", "content-length", "expect", "upgrade", "cookie" -> {}
                default -> headers.put(key, value);
            }
        }

        @Override
        public void setRequestMethod(String name) {
            method = name;
        }

        @Override
        public void setUseCaches(boolean use) {}

        @Override
        public void setConnectTimeout(int milliseconds) {}

        @Override
        public void setReadTimeout(int milliseconds) {}

        @Override
        public @Nullable String getContentType() {
            return getHeaderField("content-type");
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return response().body();
        }

        @Override
        public @Nullable String getHeaderField(String name) {
            return response == null ? null : response.header(name);
        }

        @Override
        public List<String> getHeaderFields(String name) {
            return response == null ? List.of() : new ArrayList<>(response.values(name));
        }

        @Override
        public int getContentLength() {
            return response == null ? -1 : Math.clamp(response.contentLength(), -1, Integer.MAX_VALUE);
        }

        @Override
        public void setInstanceFollowRedirects(boolean follow) {}

        @Override
        public void setDoOutput(boolean output) {}

        @Override
        public void setFixedLengthStreamingMode(int length) {}

        @Override
        public OutputStream getOutputStream() {
            return body;
        }

        @Override
        public void setChunkedStreamingMode(int chunk) {}

        @Override
        public String getRequestMethod() {
            return method;
        }

        @Override
        public boolean usingProxy() {
            return false;
        }

        @Override
        public void connect() throws IOException {
            response();
        }

        @Override
        public void configure(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, SecureRandom random) {
            throw new IllegalStateException("certificates are the transport's business");
        }

        @Override
        public void setHostnameVerifier(HostnameVerifier verifier) {
            throw new IllegalStateException("certificates are the transport's business");
        }
    }
}
