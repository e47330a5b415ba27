package dev.jbuild.layer;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/// Opens compressed bytes from anywhere.
///
/// Decoders are Java, so that damaged bytes end in an exception and nothing worse (gzip: the JDK's own zlib),
/// and need a bounded amount of memory. Every stream ends only behind the last member or frame, with all
/// checksums verified; what is damaged, cut off or followed by junk is a [CorruptStreamException].
public final class Decompressors {
    /// What a decoder of xz or a window of zstd may take: what `zstd --long=27` and `xz -9` need.
    static final int MAX_WINDOW = 1 << 27;

    private Decompressors() {}

    /// {@return the uncompressed bytes of `in`}
    ///
    /// @param in is closed with the result
    public static InputStream open(InputStream in, Compression compression) throws IOException {
        return switch (compression) {
            case NONE -> in;
            case GZIP -> new GzipInput(in);
            case ZSTD -> new ZstdInput(new BufferedInputStream(in, 1 << 16));
            case XZ, BZIP2 -> new ForeignDecoder(new BufferedInputStream(in, 1 << 16), compression);
        };
    }

    /// {@return the uncompressed bytes of `in`, whose first bytes say how it is compressed, if at all}
    ///
    /// @param in is closed with the result
    public static InputStream open(InputStream in) throws IOException {
        byte[] start = in.readNBytes(Compression.MAGIC_LENGTH);
        var whole = new SequenceInputStream(new ByteArrayInputStream(start), in);
        return open(whole, Compression.detect(start));
    }
}
