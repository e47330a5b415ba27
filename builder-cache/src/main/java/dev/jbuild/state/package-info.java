/// The state directory: where everything is, who may use it now, and when it is on the disk.
///
/// ```
/// StateDirectory    = root, the open `v1` directory, names of all files in it
///   ProcessDirectory  the place under tmp/ where this process gives birth
/// Leases            = path*                   what this process keeps from being collected
/// Committer         = Pending*                moves what was born to its place, in groups
/// Pending           = OBJECT | RECORD         a blob or layer; or a file that names some
/// LockTable         = Hold*                   one owner at a time, in this process and among all
/// StateException    = path                    the store cannot be used
/// ```
/// It does not know what a blob, a layer or a cache record is, only where each lives. See docs/state-directory.md.
package dev.jbuild.state;
