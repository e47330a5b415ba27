/// Images in OCI layout directories, as other tools write them, for reading.
///
/// ```
/// OciLayoutDirectory = directory · index.json: ImageIndex · blobs by digest
/// OciLayoutImage     = one image of it: entries of the index with one tag or digest   (an ImageSource)
/// ```
///
/// A layout comes from outside: only regular files are opened, a final symbolic link is not followed, and every
/// byte is checked against its digest. Nothing here writes.
package dev.jbuild.layout;
