package dev.jbuild.oci;

import java.util.Locale;

/// What a blob or document is, for example `application/vnd.oci.image.manifest.v1+json`. The set is open: other
/// values are carried along.
///
/// The compression that the type of a layer names is a claim; readers go by the bytes.
///
/// @param name lower case, without parameters
/// @see <a href="https://github.com/opencontainers/image-spec/blob/main/media-types.md">OCI media types</a>
public record MediaType(String name) {
    public static final MediaType OCI_INDEX = new MediaType("application/vnd.oci.image.index.v1+json");
    public static final MediaType OCI_MANIFEST = new MediaType("application/vnd.oci.image.manifest.v1+json");
    public static final MediaType OCI_CONFIG = new MediaType("application/vnd.oci.image.config.v1+json");
    public static final MediaType OCI_LAYER = new MediaType("application/vnd.oci.image.layer.v1.tar");
    public static final MediaType OCI_LAYER_GZIP = new MediaType("application/vnd.oci.image.layer.v1.tar+gzip");
    public static final MediaType OCI_LAYER_ZSTD = new MediaType("application/vnd.oci.image.layer.v1.tar+zstd");

    public static final MediaType DOCKER_INDEX =
            new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");
    public static final MediaType DOCKER_MANIFEST =
            new MediaType("application/vnd.docker.distribution.manifest.v2+json");
    public static final MediaType DOCKER_CONFIG = new MediaType("application/vnd.docker.container.image.v1+json");
    public static final MediaType DOCKER_LAYER = new MediaType("application/vnd.docker.image.rootfs.diff.tar");
    public static final MediaType DOCKER_LAYER_GZIP =
            new MediaType("application/vnd.docker.image.rootfs.diff.tar.gzip");
    public static final MediaType DOCKER_LAYER_ZSTD =
            new MediaType("application/vnd.docker.image.rootfs.diff.tar.zstd");

    private static final String OCI_FOREIGN_PREFIX = "application/vnd.oci.image.layer.nondistributable.v1.tar";
    private static final String DOCKER_FOREIGN_PREFIX = "application/vnd.docker.image.rootfs.foreign.diff.tar";

    public MediaType {
        name = name.toLowerCase(Locale.ROOT);
    }

    /// {@return the media type of a `Content-Type` header, without its parameters}
    public static MediaType ofContentType(String header) {
        int semicolon = header.indexOf(';');
        return new MediaType((semicolon < 0 ? header : header.substring(0, semicolon)).strip());
    }

    /// {@return whether it names an index (Docker: manifest list)}
    public boolean isIndex() {
        return equals(OCI_INDEX) || equals(DOCKER_INDEX);
    }

    /// {@return whether it names the manifest of one image}
    public boolean isManifest() {
        return equals(OCI_MANIFEST) || equals(DOCKER_MANIFEST);
    }

    /// {@return whether it names the config of a container image}
    public boolean isConfig() {
        return equals(OCI_CONFIG) || equals(DOCKER_CONFIG);
    }

    /// {@return whether it names a layer that can be unpacked}
    public boolean isLayer() {
        return equals(OCI_LAYER)
                || equals(OCI_LAYER_GZIP)
                || equals(OCI_LAYER_ZSTD)
                || equals(DOCKER_LAYER)
                || equals(DOCKER_LAYER_GZIP)
                || equals(DOCKER_LAYER_ZSTD);
    }

    /// {@return whether it names a layer whose bytes are not kept by registries and are not fetched}
    public boolean isForeignLayer() {
        return name.startsWith(OCI_FOREIGN_PREFIX) || name.startsWith(DOCKER_FOREIGN_PREFIX);
    }

    /// {@return whether it names a manifest of Docker's schema 1, which is not supported}
    public boolean isSchema1() {
        return name.startsWith("application/vnd.docker.distribution.manifest.v1+");
    }

    @Override
    public String toString() {
        return name;
    }
}
