/// Layers on disk: one identity, several forms, each made when somebody asks.
///
/// ```
/// Layer         = LayerId · LayerOrigin?      the origin of one that can be pulled
/// LayerStore    = Layer -> LayerIndex | tree | FileContents | diffId | tar | blob
///   born by       RunDirectories (upper directory of a RUN), entries and their bytes (COPY), or a pull
/// OverlayMarks  = TRUSTED | USER              how overlay marks are written in a tree
/// ```
/// What is born can be used at once by this process, and is durable when its group is committed. It does not know
/// why a layer is wanted, mounts nothing, and knows no registry.
package dev.jbuild.snapshot;
