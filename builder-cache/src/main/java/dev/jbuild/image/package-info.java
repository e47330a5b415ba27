/// Names: which image a tag is, and which image a base's name was when it was last asked for.
///
/// ```
/// ImageStore = name -> LocalImage
/// LocalImage = config: Descriptor · ImageLayer* · created
/// ImageLayer = LayerId · descriptor and place of its blob, when it was pulled
/// PinStore   = name -> Pin
/// Pin        = root: Descriptor · when
/// ```
/// Configs and manifests are blobs. It does not know what is in a layer, nor how a name is resolved.
package dev.jbuild.image;
