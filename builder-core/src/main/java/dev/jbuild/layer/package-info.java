/// Layers as values: what a layer holds, what a stack of them looks like, and how both are written as tar.
///
/// ```
/// LayerIndex  = LayerId · LayerEntry* in byte order of path · AccountFiles
/// LayerEntry  = path · EntryType · mode, owner, Timestamp · what its type needs
/// FileTree    = MergedTree(LayerIndex+ from the bottom up) | a build context
/// tar stream  = TarReader → TarEntry* → LayerReader → LayerIndex (+ bytes to a LayerSink)
/// layer tar   = LayerTar(LayerIndex, FileContents)
/// blob        = Compression(layer tar)
/// ```
///
/// Nothing here opens a file, mounts, or knows where a layer is kept. Tar and compressed bytes are taken as
/// hostile; what a tar may hold and what is refused is stated at [LayerReader].
package dev.jbuild.layer;
