package dev.jbuild.layer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// Decompresses xz or bzip2, which only ADD meets, with the decoders of commons-compress.
///
/// They are loaded when something is read. Whatever they throw at damaged bytes is translated; a failure of the
/// stream below passes as it is.
final class ForeignDecoder extends InputStream {
    private static final int MAX_KIBIBYTES = Decompressors.MAX_WINDOW / 1024 + 1024;

    private final Source source;
    private final Compression compression;
    private @Nullable InputStream decoder;

    /// @param in is closed with this stream
    ForeignDecoder(InputStream in, Compression compression) {
        this.source = new Source(in);
        this.compression = compression;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            if (decoder == null) {
                decoder = open();
            }
            return decoder.read(target, offset, length);
        } catch (IOException | RuntimeException e) {
            if (source.failure != null) {
                throw source.failure;
            }
            throw new CorruptStreamException(compression, "damaged, cut off, or needs more than 128 MiB", e);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private InputStream open() throws IOException {
        if (compression == Compression.BZIP2) {
            return new BZip2CompressorInputStream(source, true);
        }
        return XZCompressorInputStream.builder()
                .setInputStream(source)
                .setDecompressConcatenated(true)
                .setMemoryLimitKiB(MAX_KIBIBYTES)
                .get();
    }

    /// Remembers what failed below the decoder.
    private static final class Source extends FilterInputStream {
        private @Nullable IOException failure;

        Source(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return in.read(target, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
