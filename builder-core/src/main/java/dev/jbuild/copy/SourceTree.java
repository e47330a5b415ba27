package dev.jbuild.copy;

import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.FileTree;

/// A tree to copy from.
///
/// @param description how messages call it: `the build context`, `stage 'build'`
/// @param contents opens files of `files`; asked only for bytes that are really copied
public record SourceTree(String description, FileTree files, FileContents contents) {}
