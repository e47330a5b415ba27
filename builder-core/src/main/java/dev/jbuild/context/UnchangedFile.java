package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes of a file of a context; reading its end fails when it is another than the one that was hashed.
final class UnchangedFile extends InputStream {
    private static final int CHUNK = 1 << 16;

    private final ByteString path;
    private final Fd file;
    private final FileStatus expected;
    private final InputStream bytes;

    /// @param file becomes ours
    UnchangedFile(ByteString path, Fd file, FileStatus expected) throws IOException {
        this.path = path;
        this.file = file;
        this.expected = expected;
        this.bytes = file.inputStream();
        check();
    }

    /// What was read of a file.
    static final class Content {
        final Digest digest;

        /// How many bytes there were; another number than the status says means that the file changed, or that it is
        /// one of
        /// those that a kernel makes up.
        final long length;

        /// All of them, when they are few; nobody changes them.
        final byte @Nullable [] bytes;

        private Content(Digest digest, long length, byte @Nullable [] bytes) {
            this.digest = digest;
            this.length = length;
            this.bytes = bytes;
        }
    }

    /// {@return all bytes of an open file, or their digest alone when they are many}
    ///
    /// @param size as expected
    static Content read(Fd file, long size) throws IOException {
        if (size > RecentFiles.LARGEST) {
            return digest(file);
        }
        // Room for one more, so that a longer file shows without a second call.
        var bytes = new byte[(int) size + 1];
        int length = 0;
        int count;
        do {
            count = file.read(bytes, length, bytes.length - length);
            length += Math.max(count, 0);
        } while (count > 0 && length < size);
        byte[] content = Arrays.copyOf(bytes, length);
        return new Content(Digest.ofBytes(content), length, content);
    }

    private static Content digest(Fd file) throws IOException {
        MessageDigest hash = Digest.newHash();
        var chunk = new byte[CHUNK];
        long length = 0;
        for (int count = file.read(chunk, 0, chunk.length); count >= 0; count = file.read(chunk, 0, chunk.length)) {
            hash.update(chunk, 0, count);
            length += count;
        }
        return new Content(Digest.finish(hash), length, null);
    }

    /// {@return whether nothing was written between the two}
    static boolean same(FileStatus one, FileStatus other) {
        return one.isSameFile(other)
                && one.type() == other.type()
                && one.size() == other.size()
                && one.mtimeSeconds() == other.mtimeSeconds()
                && one.mtimeNanos() == other.mtimeNanos()
                && one.ctimeSeconds() == other.ctimeSeconds()
                && one.ctimeNanos() == other.ctimeNanos();
    }

    static ContextException changed(ByteString path) {
        return new ContextException("changed during build: " + path);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = bytes.read(target, offset, length);
        if (count < 0) {
            check();
        }
        return count;
    }

    @Override
    public void close() {
        file.close();
    }

    /// Not by the change time: a new link to the file moves it too, and whoever copies compares the digest.
    private void check() throws IOException {
        FileStatus now = file.status();
        boolean same = expected.isSameFile(now)
                && expected.size() == now.size()
                && expected.mtimeSeconds() == now.mtimeSeconds()
                && expected.mtimeNanos() == now.mtimeNanos();
        if (!same) {
            throw changed(path);
        }
    }
}
