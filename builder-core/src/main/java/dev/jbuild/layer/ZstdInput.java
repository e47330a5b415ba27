package dev.jbuild.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Decompresses zstd: all frames one after the other, skippable ones skipped, checksums and sizes verified.
///
/// Written here because the decoders to be had are native code or read and write memory unchecked, and these
/// bytes come from anywhere. Dictionaries are refused, as layers have none, and so are windows above 128 MiB,
/// the limit of the `zstd` command too.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>
final class ZstdInput extends InputStream {
    private final InputStream in;
    private final byte[] block = new byte[Zstd.MAX_BLOCK + ZstdBits.PADDING];
    private final ZstdWindow window = new ZstdWindow();
    private final ZstdLiterals literals = new ZstdLiterals();
    private final ZstdSequences sequences = new ZstdSequences();
    private final XxHash64 hash = new XxHash64();
    private boolean inFrame;
    private boolean started;
    private boolean ended;
    private boolean checksum;
    private int maxBlock;
    /// Bytes that the frame still has, as its header says it; -1 when it does not.
    private long announced;

    /// @param in is closed with this stream; read in small pieces too, so buffer it
    ZstdInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (window.unread() == 0) {
            if (ended || (!inFrame && !startFrame())) {
                ended = true;
                return -1;
            }
            if (inFrame) {
                readBlock();
            }
        }
        return window.read(target, offset, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// {@return false at the end of the stream}
    private boolean startFrame() throws IOException {
        int first = in.read();
        if (first < 0) {
            Zstd.check(started, "empty");
            return false;
        }
        int magic = first | (int) number(3) << 8;
        if ((magic & Zstd.SKIPPABLE_MASK) == Zstd.SKIPPABLE) {
            skipFrame(number(4));
            started = true;
            return true;
        }
        Zstd.check(magic == Zstd.MAGIC, started ? "junk behind the last frame" : "wrong magic");
        started = true;
        readFrameHeader();
        inFrame = true;
        return true;
    }

    private void readFrameHeader() throws IOException {
        int descriptor = (int) number(1);
        boolean single = (descriptor & 0x20) != 0;
        Zstd.check((descriptor & 8) == 0, "reserved bit");
        checksum = (descriptor & 4) != 0;
        long size = single ? 0 : windowSize((int) number(1));
        int dictionaryBytes = (1 << (descriptor & 3)) >> 1;
        Zstd.check(number(dictionaryBytes) == 0, "needs a dictionary");
        announced = switch (descriptor >> 6) {
            case 0 -> single ? number(1) : -1;
            case 1 -> number(2) + 256;
            case 2 -> number(4);
            default -> number(8);
        };
        Zstd.check(announced >= -1 && (announced >= 0 || descriptor >> 6 < 3), "impossible size");
        size = single ? announced : size;
        Zstd.check(size <= Decompressors.MAX_WINDOW, "needs a window of more than 128 MiB");
        maxBlock = (int) Math.min(size, Zstd.MAX_BLOCK);
        window.startFrame((int) size);
        literals.startFrame();
        sequences.startFrame();
        hash.reset();
    }

    private static long windowSize(int descriptor) {
        long base = 1L << (10 + (descriptor >> 3));
        return base + base / 8 * (descriptor & 7);
    }

    private void readBlock() throws IOException {
        int header = (int) number(3);
        boolean last = (header & 1) != 0;
        int type = header >> 1 & 3;
        int size = header >> 3;
        Zstd.check(size <= maxBlock, "block of more bytes than allowed");
        window.startBlock(maxBlock);
        switch (type) {
            case 0 -> {
                load(size);
                window.append(block, 0, size);
            }
            case 1 -> window.fill((byte) number(1), size);
            case 2 -> {
                load(size);
                int at = literals.read(block, 0, size);
                sequences.execute(block, at, size, literals, window);
            }
            default -> throw Zstd.corrupt("unknown type of block");
        }
        int length = window.end() - window.blockStart();
        if (announced >= 0) {
            announced -= length;
            Zstd.check(announced >= 0, "frame longer than its header says");
        }
        if (checksum) {
            hash.update(window.bytes(), window.blockStart(), length);
        }
        if (last) {
            finishFrame();
        }
    }

    private void finishFrame() throws IOException {
        Zstd.check(announced <= 0, "frame shorter than its header says");
        if (checksum) {
            Zstd.check((int) number(4) == (int) hash.value(), "wrong checksum");
        }
        inFrame = false;
    }

    private void load(int size) throws IOException {
        Zstd.check(in.readNBytes(block, 0, size) == size, "cut off");
        Arrays.fill(block, size, size + ZstdBits.PADDING, (byte) 0);
    }

    /// {@return the next bytes as a little-endian number}
    private long number(int count) throws IOException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            int next = in.read();
            Zstd.check(next >= 0, "cut off");
            value |= (long) next << (8 * i);
        }
        return value;
    }

    private void skipFrame(long count) throws IOException {
        for (long left = count; left > 0; ) {
            int read = in.read(block, 0, (int) Math.min(left, Zstd.MAX_BLOCK));
            Zstd.check(read > 0, "cut off");
            left -= read;
        }
    }
}
