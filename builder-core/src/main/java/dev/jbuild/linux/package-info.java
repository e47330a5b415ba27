/// The kernel: every native call of jbuild, on byte names and open descriptors.
///
/// ```
/// ByteString      a name or path: any bytes
/// Fd              an open file: read, write, sync, status
///   Directory     an open directory: names in it
/// FileStatus      = FileType, mode, owner, size, times, device, inode, links
/// DirectoryEntry  = name, FileType, inode
/// Xattrs          extended attributes of a name in a Directory
/// FileLock        a held flock(2)
/// Pipe            = readEnd, writeEnd
/// LinuxException  = call, object, Errno
///
/// SyscallScript   = Step* ; Step = Syscall, Argument*, tolerated errors
/// ChildScript     = Namespace*, setup, confinement, execution (each a SyscallScript)
/// ChildProcess    a running ChildScript; ends with an Ending
/// ScriptException = the Step that failed, Errno
/// ```
/// It does not know images, layers or builds. No call that may wait for long (a pipe, a child, a whole file
/// system's sync) belongs on a virtual thread, whose carrier it would keep.
package dev.jbuild.linux;
