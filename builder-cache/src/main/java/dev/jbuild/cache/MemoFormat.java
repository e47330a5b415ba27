package dev.jbuild.cache;

import dev.jbuild.context.FileFacts;
import dev.jbuild.context.FileKey;
import dev.jbuild.layer.ExtendedAttributes;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// The bytes of a [FileDigestMemo]. Numbers are big-endian.
///
/// ```
/// memo = "jbmemo" 0x00 0x02 · count:u32 · file{count} · CRC-32 of all before:u32
/// file = path:blob · device:i64 · inode:i64 · size:i64 · modified:i64 · nanos:i32 · changed:i64 · nanos:i32
///      · contentDigest[32] · xattrs:u32 · (name:blob · value:blob){xattrs}
/// blob = length:u32 byte{length}
/// ```
///
/// The checksum is against accidents, and is one that a cold JVM computes quickly: each build reads the whole file.
final class MemoFormat {
    private static final byte[] MAGIC = "jbmemo\0\2".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH = 32;
    private static final int CHECKSUM = 4;

    private MemoFormat() {}

    static byte[] encode(List<FileDigestMemo.Known> files) throws IOException {
        var bytes = new ByteArrayOutputStream(1 << 16);
        var out = new DataOutputStream(bytes);
        out.write(MAGIC);
        out.writeInt(files.size());
        for (FileDigestMemo.Known file : files) {
            write(out, file.key());
            out.write(file.facts().contentDigest().bytes());
            SortedMap<ByteString, ByteString> xattrs = file.facts().xattrs();
            out.writeInt(xattrs.size());
            for (var attribute : xattrs.entrySet()) {
                blob(out, attribute.getKey());
                blob(out, attribute.getValue());
            }
        }
        out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, FileKey key) throws IOException {
        blob(out, key.path());
        out.writeLong(key.device());
        out.writeLong(key.inode());
        out.writeLong(key.size());
        out.writeLong(key.modifiedSeconds());
        out.writeInt(key.modifiedNanos());
        out.writeLong(key.changedSeconds());
        out.writeInt(key.changedNanos());
    }

    private static void blob(DataOutputStream out, ByteString bytes) throws IOException {
        out.writeInt(bytes.length());
        out.write(bytes.toBytes());
    }

    /// {@return whether a memo is what was written; of another version it may be}
    static boolean isWhole(byte[] encoded) {
        int end = encoded.length - CHECKSUM;
        return end > 0 && checksum(encoded, end) == ByteBuffer.wrap(encoded).getInt(end);
    }

    private static int checksum(byte[] bytes, int end) {
        var checksum = new CRC32();
        checksum.update(bytes, 0, end);
        return (int) checksum.getValue();
    }

    /// {@return what was encoded; nothing when it is damaged or of another version}
    static List<FileDigestMemo.Known> decode(byte[] encoded) {
        int end = encoded.length - CHECKSUM;
        if (end < MAGIC.length
                || !Arrays.equals(encoded, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                || !isWhole(encoded)) {
            return List.of();
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(encoded, MAGIC.length, end - MAGIC.length);
            int count = in.getInt();
            List<FileDigestMemo.Known> files = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                files.add(new FileDigestMemo.Known(key(in), facts(in)));
            }
            return files;
        } catch (BufferUnderflowException | IllegalArgumentException notOurs) {
            return List.of();
        }
    }

    private static FileKey key(ByteBuffer in) {
        return new FileKey(
                blob(in),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getInt(),
                in.getLong(),
                in.getInt());
    }

    private static FileFacts facts(ByteBuffer in) {
        var hash = new byte[HASH];
        in.get(hash);
        var digest = new Digest("sha256", HexFormat.of().formatHex(hash));
        int count = in.getInt();
        if (count == 0) {
            return new FileFacts(digest, ExtendedAttributes.NONE);
        }
        var xattrs = new TreeMap<ByteString, ByteString>();
        for (int i = 0; i < count; i++) {
            ByteString name = blob(in);
            xattrs.put(name, blob(in));
        }
        return new FileFacts(digest, ExtendedAttributes.withoutForbidden(xattrs));
    }

    private static ByteString blob(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteString bytes = ByteString.ofBytes(in.array(), in.arrayOffset() + in.position(), length);
        in.position(in.position() + length);
        return bytes;
    }
}
