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

/// The bytes of a [FileDigestMemo]. Numbers are big-endian.
///
/// ```
/// memo = "jbmemo" 0x00 0x01 · count:u32 · file{count} · SHA-256 of all before [32]
/// file = path:blob · device:i64 · inode:i64 · size:i64 · modified:i64 · nanos:i32 · changed:i64 · nanos:i32
///      · contentDigest[32] · xattrs:u32 · (name:blob · value:blob){xattrs}
/// blob = length:u32 byte{length}
/// ```
final class MemoFormat {
    private static final byte[] MAGIC = "jbmemo\0\1".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH = 32;

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
        out.write(Digest.ofBytes(bytes.toByteArray()).bytes());
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

    /// {@return what was encoded; nothing when it is damaged or of another version}
    /// {@return whether a memo is what was written; of another version it may be}
    static boolean isWhole(byte[] encoded) {
        int end = encoded.length - HASH;
        return end > 0
                && Arrays.equals(
                        Digest.ofBytes(Arrays.copyOf(encoded, end)).bytes(),
                        Arrays.copyOfRange(encoded, end, encoded.length));
    }

    static List<FileDigestMemo.Known> decode(byte[] encoded) {
        int end = encoded.length - HASH;
        if (end < MAGIC.length || !Arrays.equals(encoded, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return List.of();
        }
        byte[] trailer = Arrays.copyOfRange(encoded, end, encoded.length);
        if (!Arrays.equals(Digest.ofBytes(Arrays.copyOf(encoded, end)).bytes(), trailer)) {
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
