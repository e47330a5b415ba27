package dev.jbuild.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Carries out exchanges: follows redirects itself, tries again what may work, and waits for nothing without
/// bound.
///
/// Redirects are followed at most ten times, never from HTTPS to HTTP, and `Authorization` is sent to the origin
/// of the exchange and to no other: the client's own redirects would carry our headers along.
///
/// Failed connections and the answers 408, 425, 429 and 5xx are tried again with growing delays of random length
/// (so that many builds do not come back at the same moment), or when `Retry-After` says. A host that never
/// answered is given up after its second attempt: it is more likely a wrong name than a bad moment.
///
/// Safe for use by several threads. The HTTP client is made when it is first needed.
public final class Transport implements AutoCloseable {
    private static final int MAX_REDIRECTS = 10;
    private static final int ATTEMPTS_AT_A_SILENT_HOST = 2;

    private final TransportLimits limits;
    private final Set<Origin> answered = ConcurrentHashMap.newKeySet();
    private @Nullable HttpClient client;

    /// Costs nothing until the first exchange.
    public Transport(TransportLimits limits) {
        this.limits = limits;
    }

    public TransportLimits limits() {
        return limits;
    }

    /// {@return the final answer, whatever its status is; the caller closes it}
    ///
    /// @throws IOException when there was none; its message is for people
    public Response send(Exchange exchange) throws IOException, InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                Response response = follow(exchange);
                Duration delay = delayAfter(response, failures);
                if (delay == null) {
                    return response;
                }
                response.close();
                Thread.sleep(delay);
            } catch (IOException failure) {
                if (failures >= attemptsAt(exchange) || failure instanceof UnfollowedRedirectException) {
                    throw failure;
                }
                pause(failures);
            }
        }
    }

    /// Waits before another attempt.
    ///
    /// @param failures how many attempts failed
    public void pause(int failures) throws InterruptedException {
        Thread.sleep(jittered(failures));
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }

    private Response follow(Exchange exchange) throws IOException, InterruptedException {
        Origin trusted = originOf(exchange.uri());
        URI uri = exchange.uri();
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            boolean mayAuthorize = originOf(uri).equals(trusted);
            Response response = exchangeOnce(exchange, uri, mayAuthorize ? exchange.authorization() : null);
            String location = response.header("location");
            if (!isRedirect(response.status()) || location == null || !exchange.followRedirects()) {
                return response;
            }
            try (response) {
                response.errorBody();
                uri = redirected(uri, location);
            }
        }
        throw new UnfollowedRedirectException("more than " + MAX_REDIRECTS + " redirects");
    }

    private Response exchangeOnce(Exchange exchange, URI uri, @Nullable String authorization)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri);
        switch (exchange.method()) {
            case GET -> request.GET();
            case HEAD -> request.HEAD();
            case POST -> {
                byte[] body =
                        exchange.body() == null ? new byte[0] : exchange.body().toBytes();
                request.POST(HttpRequest.BodyPublishers.ofByteArray(body));
            }
        }
        request.header("User-Agent", "jbuild");
        exchange.headers().forEach(request::header);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        Response response = await(new Head(uri), request.build());
        answered.add(originOf(uri));
        return response;
    }

    /// The head of an answer, known before anything of its body is. The client's own future fails as a whole when
    /// the body breaks while the head is passed on; here that is a matter of the body, which can be resumed.
    private final class Head implements HttpResponse.BodyHandler<BodyStream> {
        private final URI uri;
        private final BodyStream body = new BodyStream(limits.stall());
        private final CompletableFuture<Response> arrival = new CompletableFuture<>();

        Head(URI uri) {
            this.uri = uri;
        }

        @Override
        public BodySubscriber<BodyStream> apply(HttpResponse.ResponseInfo info) {
            arrival.complete(new Response(uri, info.statusCode(), info.headers().map(), body));
            return body;
        }

        /// Told to the body too: a stream that was never subscribed to would wait for its time limit.
        void fail(Throwable cause) {
            arrival.completeExceptionally(cause);
            body.onError(cause);
        }
    }

    /// The client's own request timeout is not used: which part of an answer it covers differs between JDKs.
    private Response await(Head head, HttpRequest request) throws IOException, InterruptedException {
        var exchange = client().sendAsync(request, head);
        var _ = exchange.whenComplete((response, failure) -> {
            if (failure != null) {
                head.fail(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            }
        });
        try {
            return head.arrival.get(limits.answer().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            exchange.cancel(true);
            throw new HttpTimeoutException("no answer for " + limits.answer().toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            exchange.cancel(true);
            throw interrupted;
        } catch (ExecutionException failed) {
            throw readable(failed.getCause());
        }
    }

    private static IOException readable(@Nullable Throwable cause) {
        return switch (cause) {
            case ConnectException connect
            when connect.getCause() instanceof UnresolvedAddressException ->
                new IOException("its host name is unknown", cause);
            case ConnectException connect -> new IOException("it cannot be connected to", connect);
            case IOException io
            when io.getMessage() == null ->
                new IOException("the connection failed (" + io.getClass().getSimpleName() + ")", io);
            case IOException io -> io;
            case null, default -> new IOException("the exchange failed: " + cause, cause);
        };
    }

    /// {@return how long to wait before the exchange is tried again, null when the answer stands}
    private @Nullable Duration delayAfter(Response response, int failures) {
        boolean transientStatus = switch (response.status()) {
            case 408, 425, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
        if (!transientStatus || failures >= limits.attempts()) {
            return null;
        }
        Duration asked = RetryAfter.delayOf(response.header("retry-after"));
        if (asked == null) {
            return jittered(failures);
        }
        return asked.compareTo(limits.longestDelay()) > 0 ? null : asked;
    }

    private Duration jittered(int failures) {
        long most = Math.max(1, limits.backoff(failures).toNanos());
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }

    private int attemptsAt(Exchange exchange) throws IOException {
        return answered.contains(originOf(exchange.uri()))
                ? limits.attempts()
                : Math.min(ATTEMPTS_AT_A_SILENT_HOST, limits.attempts());
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /// {@return where a redirect leads, when it may be followed}
    static URI redirected(URI from, String location) throws IOException {
        URI target;
        try {
            target = from.resolve(location);
        } catch (IllegalArgumentException notAnAddress) {
            throw new UnfollowedRedirectException("a redirect to an invalid address");
        }
        Origin origin = Origin.of(target);
        if (origin == null || target.getRawUserInfo() != null) {
            throw new UnfollowedRedirectException("a redirect to " + Origin.redacted(target));
        }
        if (originOf(from).isSecure() && !origin.isSecure()) {
            throw new UnfollowedRedirectException("a redirect from https to " + Origin.redacted(target));
        }
        return target;
    }

    private static Origin originOf(URI uri) throws IOException {
        Origin origin = Origin.of(uri);
        if (origin == null) {
            throw new IOException("not an address of HTTP: " + Origin.redacted(uri));
        }
        return origin;
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(limits.connect())
                    .build();
        }
        return client;
    }

    /// A redirect that is not followed; trying again gives the same.
    private static final class UnfollowedRedirectException extends IOException {
        private static final long serialVersionUID = 1L;

        UnfollowedRedirectException(String message) {
            super(message);
        }
    }
}
