/// Images in registries, over HTTP.
///
/// ```
/// RegistryClient   = RegistryMirrors · http.Transport     image(ImageReference) -> ImageSource
/// RegistryMirrors  = (registry, RegistryEndpoint)*        asked in order, then the registry itself
/// BearerTokens     = anonymous tokens, for registries that want one even for public images
/// ```
///
/// A server is not believed: the type of a document is decided from bytes whose digest was checked, bodies are
/// bounded, and tokens belong to one origin (scheme, host, port).
///
/// Nothing here knows a cache or a layer.
///
/// @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI distribution</a>
package dev.jbuild.registry;
