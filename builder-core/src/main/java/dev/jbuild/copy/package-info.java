/// COPY, ADD and WORKDIR as arithmetic: trees and a request in, the entries of a new layer out. No file system is
/// mounted and no path of one is followed.
///
/// ```
/// CopyRequest = CopySource+ · destination · working directory · CopyRules
/// CopyRules   = Owner? · ModeChange? · unpack? · parents? · excludes
/// CopySource  = InTree(SourceTree, path or pattern) | OneFile(SourceTree, path) | Inline(name, bytes)
/// CopyReads   = SourceRead(path, content digest)* · CopyWarning*       what a cache key says was read
/// CopyPlan    = LayerEntry* · Origin of the bytes of each FILE         made only when the cache has no answer
/// Origin      = FromTree(SourceTree, LayerEntry) | Inline(bytes)   a member of an archive is of the archive's tree
/// ```
///
/// Nothing here knows a Dockerfile, a cache, a user name, or where a layer is kept.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/#copy">Dockerfile reference: COPY</a>
package dev.jbuild.copy;
