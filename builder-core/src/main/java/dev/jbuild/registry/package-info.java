/// Images in registries, over HTTP.
///
/// ```
/// RegistryClient   = RegistryMirrors · Transport          image(ImageReference) -> ImageSource
/// RegistryMirrors  = (registry, RegistryEndpoint)*        asked in order, then the registry itself
/// Transport        = one Exchange -> one Response         redirects, retries, time limits
/// BearerTokens     = anonymous tokens, for registries that want one even for public images
/// ```
///
/// A server is not believed: the type of a document is decided from bytes whose digest was checked, bodies are
/// bounded, a transfer without progress ends, and what is meant for one origin (scheme, host, port) is sent to no
/// other.
///
/// All HTTP of jbuild leaves through [dev.jbuild.registry.Transport]. Nothing here knows a cache or a layer.
///
/// @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI distribution</a>
package dev.jbuild.registry;
