package dev.jbuild.oci;

import org.jspecify.annotations.Nullable;

/// The full name of an image: `registry/repository:tag@digest`.
///
/// [#parse(String)] fills in what people leave out, by the rules of Docker: without a registry it is `docker.io`,
/// there a repository without a slash is below `library/`, and without tag and digest the tag is `latest`. When
/// there is a digest, it decides and the tag is only said.
///
/// @param registry host, with `:port` when one is given
/// @param repository path components separated by slashes, lower case
/// @param tag null only when there is a digest
/// @param digest of the manifest or index
/// @see <a href="https://github.com/distribution/reference">The grammar of references</a>
public record ImageReference(
        String registry,
        String repository,
        @Nullable String tag,
        @Nullable Digest digest) {
    /// Docker Hub under the name people use; its registry answers at another host.
    public static final String DOCKER_HUB = "docker.io";

    static final String DEFAULT_TAG = "latest";
    static final String OFFICIAL_PREFIX = "library/";

    /// {@return the reference that a text names}
    ///
    /// @throws InvalidReferenceException when it names none
    public static ImageReference parse(String text) {
        return new ReferenceParser(text).parse();
    }

    /// {@return the short form that people write: without `docker.io/library/`, and without `:latest`}
    public String familiar() {
        String name = registry.equals(DOCKER_HUB) ? repository : registry + "/" + repository;
        boolean official = registry.equals(DOCKER_HUB)
                && repository.startsWith(OFFICIAL_PREFIX)
                && repository.indexOf('/', OFFICIAL_PREFIX.length()) < 0;
        String shortName = official ? name.substring(OFFICIAL_PREFIX.length()) : name;
        return shortName + suffix(DEFAULT_TAG.equals(tag) ? null : tag);
    }

    /// {@return what registries call a tag or digest in the path of a manifest}
    public String tagOrDigest() {
        if (digest != null) {
            return digest.toString();
        }
        if (tag == null) {
            throw new IllegalStateException("a reference without tag and digest");
        }
        return tag;
    }

    /// {@return registry and repository, without tag and digest}
    public String name() {
        return registry + "/" + repository;
    }

    /// {@return this reference with a digest}
    public ImageReference withDigest(Digest digest) {
        return new ImageReference(registry, repository, tag, digest);
    }

    /// {@return the full form, which [#parse(String)] reads again}
    @Override
    public String toString() {
        return name() + suffix(tag);
    }

    private String suffix(@Nullable String shownTag) {
        return (shownTag == null ? "" : ":" + shownTag) + (digest == null ? "" : "@" + digest);
    }
}
