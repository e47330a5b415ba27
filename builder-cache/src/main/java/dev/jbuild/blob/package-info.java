/// Content by its digest: configs, manifests and compressed layers.
///
/// ```
/// BlobStore  = Descriptor -> verified bytes
/// SealedJson   JSON files that hold their own digest
/// BlobWriter   a blob whose digest is not known yet -> Digest
/// ```
/// It does not know what the bytes mean.
package dev.jbuild.blob;
