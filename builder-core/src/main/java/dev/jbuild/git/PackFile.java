package dev.jbuild.git;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Fd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.internal.storage.file.BasePackIndexWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.transport.PackedObjectInfo;

/// A pack of whole objects in the order of their hashes: the same bytes whatever pack the server sent.
///
/// @param bytes in a file without a name, which belongs to whoever made it
/// @param size of `bytes`
/// @param name what its file is called without ending
/// @param index the `.idx` file
/// @see <a href="https://git-scm.com/docs/pack-format">pack-format</a>
record PackFile(Fd bytes, long size, String name, ByteString index) {
    private static final int INDEX_VERSION = 2;

    /// @param target empty
    static PackFile write(ObjectReader reader, Collection<ObjectId> objects, Fd target) throws IOException {
        var sorted = new TreeSet<>(objects);
        var out = new Output(target);
        out.write(new byte[] {'P', 'A', 'C', 'K', 0, 0, 0, 2});
        int count = sorted.size();
        out.write(new byte[] {(byte) (count >>> 24), (byte) (count >>> 16), (byte) (count >>> 8), (byte) count});
        var infos = new ArrayList<PackedObjectInfo>();
        for (ObjectId id : sorted) {
            infos.add(write(reader.open(id), id, out));
        }
        byte[] checksum = out.hash.digest();
        target.writeAt(out.position, checksum, 0, checksum.length);
        String name = "pack-" + HexFormat.of().formatHex(checksum);
        ByteString index = ByteString.ofBytes(index(infos, checksum));
        return new PackFile(target, out.position + checksum.length, name, index);
    }

    private static PackedObjectInfo write(ObjectLoader object, ObjectId id, Output out) throws IOException {
        var info = new PackedObjectInfo(id);
        info.setOffset(out.position);
        var crc = new CRC32();
        var checked = new CheckedOutputStream(out, crc);
        checked.write(header(object.getType(), object.getSize()));
        var deflater = new Deflater();
        try (InputStream content = object.openStream()) {
            var deflated = new DeflaterOutputStream(checked, deflater, 1 << 13);
            content.transferTo(deflated);
            deflated.finish();
        } finally {
            deflater.end();
        }
        info.setCRC((int) crc.getValue());
        return info;
    }

    /// Type and size, seven bits a byte behind the first four.
    private static byte[] header(int type, long size) {
        var header = new ByteArrayOutputStream();
        int next = type << 4 | (int) (size & 15);
        for (long rest = size >>> 4; rest != 0; rest >>>= 7) {
            header.write(next | 0x80);
            next = (int) (rest & 0x7f);
        }
        header.write(next);
        return header.toByteArray();
    }

    private static byte[] index(List<PackedObjectInfo> infos, byte[] checksum) throws IOException {
        var bytes = new ByteArrayOutputStream();
        BasePackIndexWriter.createVersion(bytes, INDEX_VERSION).write(infos, checksum);
        return bytes.toByteArray();
    }

    /// Buffers, hashes and counts what goes into the file.
    private static final class Output extends OutputStream {
        private final Fd file;
        private final MessageDigest hash = Constants.newMessageDigest();
        private long position;

        Output(Fd file) {
            this.file = file;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.writeAt(position, bytes, offset, length);
            hash.update(bytes, offset, length);
            position += length;
        }
    }
}
