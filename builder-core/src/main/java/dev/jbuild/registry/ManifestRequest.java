package dev.jbuild.registry;

import dev.jbuild.http.Exchange;
import dev.jbuild.http.Origin;
import dev.jbuild.http.Response;
import dev.jbuild.oci.Excerpt;
import dev.jbuild.oci.JsonBytes;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.oci.MediaType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks one endpoint for manifests and indexes of a repository.
record ManifestRequest(RegistryClient client, RegistryEndpoint endpoint, String repository) {
    private static final int OK = 200;

    private static final Map<String, String> ACCEPT = Map.of(
            "Accept",
            String.join(
                    ", ",
                    MediaType.OCI_INDEX.name(),
                    MediaType.OCI_MANIFEST.name(),
                    MediaType.DOCKER_INDEX.name(),
                    MediaType.DOCKER_MANIFEST.name()));

    /// What was served: bytes that nobody has looked at yet.
    ///
    /// @param body one byte more than wanted when there was more
    /// @param declared what the server calls them; null when it says nothing of worth
    record Served(JsonBytes body, @Nullable MediaType declared) {}

    /// {@return what is served under a tag or digest}; a body that breaks off is asked for again.
    ///
    /// @param maxSize of the body; when it is larger, one byte more than this is returned
    Served fetch(String tagOrDigest, int maxSize) throws IOException, InterruptedException {
        for (int failures = 1; ; failures++) {
            try (Response response = ask(tagOrDigest)) {
                MediaType declared = declaredType(response);
                JsonBytes body = readOrNull(response, maxSize, failures);
                if (body != null) {
                    return new Served(body, declared);
                }
            }
            client.transport().pause(failures);
        }
    }

    /// {@return null when the body broke off and may be asked for again}
    private @Nullable JsonBytes readOrNull(Response response, int maxSize, int failures) throws IOException {
        try {
            return JsonBytes.of(response.body().readNBytes(maxSize + 1));
        } catch (InterruptedIOException interrupted) {
            throw interrupted;
        } catch (IOException broken) {
            if (failures >= client.transport().limits().attempts()) {
                throw broken;
            }
            return null;
        }
    }

    private Response ask(String tagOrDigest) throws IOException, InterruptedException {
        var exchange = Exchange.get(endpoint.locate(repository, "manifests", tagOrDigest), ACCEPT);
        Response response = client.send(endpoint, repository, exchange);
        if (response.status() != OK) {
            try (response) {
                throw new RefusedException(ErrorAnswer.of(response));
            }
        }
        return response;
    }

    /// Servers that know nothing of images call everything JSON or a stream of bytes; that says nothing.
    private static @Nullable MediaType declaredType(Response response) {
        String header = response.header("content-type");
        MediaType declared = header == null ? null : MediaType.ofContentType(header);
        if (declared == null || declared.isManifest() || declared.isIndex()) {
            return declared;
        }
        if (declared.isSchema1()) {
            throw new MalformedImageException(
                    "manifest", "has the outdated schema version 1; push the image again with a current tool");
        }
        return switch (declared.name()) {
            case "application/json", "application/octet-stream", "text/plain" -> null;
            default ->
                throw new MalformedImageException(
                        "manifest",
                        "got " + Excerpt.of(declared.name()) + " from " + Origin.of(response.uri())
                                + " instead; check --registry-mirror and proxies");
        };
    }
}
