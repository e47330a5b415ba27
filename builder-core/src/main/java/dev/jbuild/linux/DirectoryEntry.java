package dev.jbuild.linux;

/// One name in a directory, as getdents(2) lists it; `.` and `..` are never among them.
///
/// @param type [FileType#UNKNOWN] when the file system does not say
public record DirectoryEntry(ByteString name, FileType type, long inode) {}
