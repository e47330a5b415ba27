/// The nouns of the OCI image specification and how they are read from and written to JSON.
///
/// ```
/// ImageReference = registry · repository · tag? · digest?            "docker.io/library/debian:12"
/// ImageDocument  = Manifest(raw, mediaType, config: Descriptor, layers: Descriptor*, annotations)
///                | ImageIndex(raw, mediaType, manifests: Descriptor*, annotations)
/// Descriptor     = mediaType · digest · size · platform? · annotations
/// ImageConfig    = platform · author? · created? · ContainerConfig · diffIds · History* · UnknownFields
/// ContainerConfig= env, cmd, entrypoint, labels, ... · Healthcheck? · UnknownFields
/// ResolvedImage  = name? · root: Descriptor · descriptor · Manifest · raw config · ImageConfig
/// ImageSource    = where one image can be read: resolve(Platform) -> ResolvedImage, open(Descriptor) -> bytes
/// ```
///
/// Whatever came from outside keeps its bytes ([JsonBytes]) beside the parsed form, so a digest is never taken of
/// JSON that was written again. All values are immutable and valid once constructed; input that is not valid is a
/// [MalformedImageException] with one line for the user.
///
/// Nothing here knows a file system, a registry, or what a layer holds.
package dev.jbuild.oci;
