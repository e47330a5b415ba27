package dev.jbuild.registry;

import dev.jbuild.http.Exchange;
import dev.jbuild.http.Origin;
import dev.jbuild.http.Response;
import dev.jbuild.http.Transport;
import dev.jbuild.http.TransportLimits;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.ImageSource;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/// Reads images from registries, without logging in. Safe for use by several threads.
///
/// Making one costs nothing; the network is touched when an image is resolved.
public final class RegistryClient implements AutoCloseable {
    /// Blobs that are transferred at the same time; more does not help and some registries refuse it.
    private static final int MAX_TRANSFERS = 4;

    private final RegistryMirrors mirrors;
    private final Transport transport;
    private final BearerTokens tokens;
    private final Semaphore transfers = new Semaphore(MAX_TRANSFERS);

    /// @param mirrors which places are asked first
    public RegistryClient(RegistryMirrors mirrors) {
        this(mirrors, TransportLimits.DEFAULT);
    }

    /// @param mirrors which places are asked first
    /// @param limits how long the network is waited for
    public RegistryClient(RegistryMirrors mirrors, TransportLimits limits) {
        this.mirrors = mirrors;
        this.transport = new Transport(limits);
        this.tokens = new BearerTokens(transport);
    }

    /// {@return an image of a registry}
    ///
    /// At most four of the streams that [ImageSource#open] returns are open at a time; opening a fifth waits for
    /// one to be closed, so a thread closes its stream before it opens another.
    public ImageSource image(ImageReference reference) {
        return new RegistryImage(this, reference, mirrors.endpoints(reference.registry()));
    }

    /// Ends all transfers.
    @Override
    public void close() {
        transport.close();
    }

    Transport transport() {
        return transport;
    }

    Semaphore transfers() {
        return transfers;
    }

    /// {@return the answer of an endpoint, after an anonymous token was fetched if it asks for one; the caller
    /// closes it}
    Response send(RegistryEndpoint endpoint, String repository, Exchange exchange)
            throws IOException, InterruptedException {
        Origin origin = endpoint.origin();
        Response response = transport.send(exchange.withAuthorization(tokens.authorization(origin, repository)));
        if (response.status() != 401 || !origin.equals(Origin.of(response.uri()))) {
            return response;
        }
        BearerChallenge challenge = null;
        for (String header : response.values("www-authenticate")) {
            challenge = challenge == null ? BearerChallenge.parse(header) : challenge;
        }
        if (challenge == null) {
            return response;
        }
        try (response) {
            response.errorBody();
        }
        return transport.send(exchange.withAuthorization(tokens.answer(challenge, origin, repository)));
    }
}
