package dev.jbuild.registry;

import dev.jbuild.http.Origin;
import dev.jbuild.oci.ImageReference;
import java.net.URI;

/// One place that answers for a registry: the registry itself or a mirror of it.
///
/// @param base scheme, host, port and perhaps a path, which stands between `/v2/` and the repository; no slash at
///     the end
public record RegistryEndpoint(URI base) {
    /// The host that answers for `docker.io`.
    private static final String DOCKER_HUB_HOST = "registry-1.docker.io";

    public RegistryEndpoint {
        Origin origin = Origin.of(base);
        if (origin == null || base.getRawUserInfo() != null || base.getRawQuery() != null) {
            throw new IllegalArgumentException("not the address of a registry: " + Origin.redacted(base));
        }
    }

    /// {@return the registry itself: over HTTPS, on this machine over HTTP}
    static RegistryEndpoint ofRegistry(String registry) {
        if (registry.equals(ImageReference.DOCKER_HUB)) {
            return new RegistryEndpoint(URI.create("https://" + DOCKER_HUB_HOST));
        }
        int colon = registry.lastIndexOf(':');
        String host = colon > registry.lastIndexOf(']') ? registry.substring(0, colon) : registry;
        return new RegistryEndpoint(URI.create((Origin.isLoopback(host) ? "http://" : "https://") + registry));
    }

    /// {@return the address of something in a repository}
    ///
    /// @param kind `manifests` or `blobs`
    URI locate(String repository, String kind, String name) {
        String origin = base.getScheme() + "://" + base.getRawAuthority();
        return URI.create(origin + "/v2" + base.getRawPath() + "/" + repository + "/" + kind + "/" + name);
    }

    Origin origin() {
        Origin origin = Origin.of(base);
        if (origin == null) {
            throw new AssertionError("checked on construction");
        }
        return origin;
    }

    @Override
    public String toString() {
        return origin().toString();
    }
}
