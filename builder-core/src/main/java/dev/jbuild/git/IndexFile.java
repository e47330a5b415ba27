package dev.jbuild.git;

import dev.jbuild.linux.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.SortedMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/// The `index` of a repository: what is checked out. Nothing is said of the files themselves (their times, inodes), so
/// `git status` reads them once and then knows.
///
/// @see <a href="https://git-scm.com/docs/index-format">index-format</a>
final class IndexFile {
    private static final int VERSION = 2;
    private static final int STATUS_BYTES = 24;
    private static final int ALIGNMENT = 8;
    private static final int FIXED_BYTES = 62;
    private static final int MAX_NAME_LENGTH = 0xfff;

    private IndexFile() {}

    /// One file, link or submodule.
    ///
    /// @param mode as in a tree object
    record Entry(int mode, ObjectId id) {}

    static byte[] encode(SortedMap<ByteString, Entry> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeBytes("DIRC");
        out.writeInt(VERSION);
        out.writeInt(entries.size());
        for (var each : entries.entrySet()) {
            byte[] path = each.getKey().toBytes();
            out.write(new byte[STATUS_BYTES]);
            out.writeInt(each.getValue().mode());
            // Owner, group and size.
            out.write(new byte[12]);
            each.getValue().id().copyRawTo(out);
            out.writeShort(Math.min(path.length, MAX_NAME_LENGTH));
            out.write(path);
            // At least one zero ends the path.
            out.write(new byte[ALIGNMENT - (FIXED_BYTES + path.length) % ALIGNMENT]);
        }
        MessageDigest hash = Constants.newMessageDigest();
        byte[] checksum = hash.digest(bytes.toByteArray());
        bytes.writeBytes(checksum);
        return bytes.toByteArray();
    }
}
