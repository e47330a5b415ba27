/// Files behind addresses of HTTP, as ADD names them.
///
/// ```
/// FileAddress = URI · login? · file name          what an instruction says
/// RemoteFile  = Validators · contentDigest · size · modified
/// Validators  = ETag? · Last-Modified?            what a later request is made conditional on
/// RemoteFiles = FileAddress × RemoteFile? × Fd → RemoteFile | unchanged
/// ```
///
/// The bytes go from the network into a file that nobody else sees, and are hashed on the way; what they are is decided
/// by whoever asked. A server chooses nothing here: neither the name of the file nor where it is put.
///
/// Nothing here knows a Dockerfile, a layer, or where it is remembered what was downloaded.
package dev.jbuild.remote;
