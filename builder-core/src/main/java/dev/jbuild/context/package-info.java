/// The build context: a directory of this machine as a tree of entries, less what its ignore file leaves out.
///
/// ```
/// BuildContext   = Directory · IgnorePatterns · DigestMemo        (a FileTree with its FileContents)
/// IgnorePatterns = (pattern, takes back in?)*                     the last that matches decides
/// FileGlob       = directory without wildcards · pattern          a source of COPY
/// DigestMemo     = FileKey → FileFacts                            what was hashed in an earlier build
/// ```
///
/// Nothing here knows a Dockerfile, writes a file, or follows a symbolic link while it walks.
package dev.jbuild.context;
