package dev.jbuild.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DecompressorsTest {
    /// A stream as slow networks give it.
    private static final class OneByOne extends InputStream {
        private final byte[] bytes;
        private int at;

        OneByOne(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return at == bytes.length ? -1 : bytes[at++] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int next = length == 0 ? 0 : read();
            if (length == 0 || next < 0) {
                return next;
            }
            buffer[offset] = (byte) next;
            return 1;
        }
    }

    static byte[] decompress(byte[] compressed) throws IOException {
        try (InputStream in = Decompressors.open(new ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        }
    }

    private static byte[] decompressZstd(byte[] compressed) throws IOException {
        try (InputStream in = Decompressors.open(new ByteArrayInputStream(compressed), Compression.ZSTD)) {
            return in.readAllBytes();
        }
    }

    static byte[] gzip(byte[] content) {
        try {
            var out = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(out)) {
                gzip.write(content);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] withAllHeaderFields(byte[] content) {
        byte[] plain = gzip(content);
        byte[] header = join(
                new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 5, 6},
                new byte[] {3, 0, 'a', 'b', 'c'},
                Trees.bytes("name\0comment\0"));
        var checksum = new CRC32();
        checksum.update(header);
        long value = checksum.getValue();
        return join(
                header, new byte[] {(byte) value, (byte) (value >> 8)}, Arrays.copyOfRange(plain, 10, plain.length));
    }

    @Test
    void gzipMembersAreOneStream() throws IOException {
        byte[] one = Trees.bytes("one");
        byte[] two = Trees.bytes("two");
        byte[] empty = gzip(new byte[0]);
        byte[] members = join(gzip(one), empty, withAllHeaderFields(two), empty);
        assertThat(decompress(members)).isEqualTo(Trees.bytes("onetwo"));
        assertThat(decompress(join(members, new byte[1000]))).isEqualTo(Trees.bytes("onetwo"));
        assertThat(decompress(join(gzip(one), new byte[9], gzip(two)))).isEqualTo(Trees.bytes("onetwo"));
        try (var slow = new GzipInput(new OneByOne(members))) {
            assertThat(slow.readAllBytes()).isEqualTo(Trees.bytes("onetwo"));
        }
    }

    static Stream<byte[]> brokenGzip() {
        byte[] good = gzip(Trees.bytes("content"));
        byte[] header = withAllHeaderFields(Trees.bytes("content"));
        byte[] wrongHeaderChecksum = header.clone();
        wrongHeaderChecksum[12] ^= 1;
        byte[] endlessName =
                join(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0}, Trees.bytes("x".repeat(70_000)));
        return Stream.of(
                join(good, Trees.bytes("junk")),
                join(good, new byte[] {0x1f}),
                flipped(good, good.length - 1),
                flipped(good, good.length - 5),
                flipped(good, 3),
                flipped(good, 2),
                wrongHeaderChecksum,
                endlessName,
                Arrays.copyOf(good, good.length - 1),
                Arrays.copyOf(good, 15),
                Arrays.copyOf(good, 5));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        copy[at] ^= (byte) 0x80;
        return copy;
    }

    @ParameterizedTest
    @MethodSource("brokenGzip")
    void brokenGzipIsNeverAcceptedInSilence(byte[] broken) {
        assertThatThrownBy(() -> decompress(broken))
                .isInstanceOf(CorruptStreamException.class)
                .hasMessageStartingWith("not a usable gzip stream: ");
    }

    @Test
    void gzipBlocksAreTheSameForAnyNumberOfThreads() throws IOException {
        var random = new Random(3);
        for (int length : new int[] {0, 1, 1 << 20, (1 << 20) + 1, 5_000_000}) {
            byte[] content = structured(random, length);
            byte[] one = blocks(content, 1, length);
            assertThat(blocks(content, 8, 10_000)).isEqualTo(one);
            assertThat(blocks(content, 3, 1)).isEqualTo(one);
            assertThat(decompress(one)).isEqualTo(content);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(one)).readAllBytes())
                    .isEqualTo(content);
        }
    }

    private static byte[] blocks(byte[] content, int threads, int piece) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GzipBlocks(out, threads)) {
            for (int at = 0; at < content.length; at += piece) {
                gzip.write(content, at, Math.min(piece, content.length - at));
            }
            gzip.finish();
        }
        return out.toByteArray();
    }

    /// Bytes with matches near and far, runs, and noise.
    static byte[] structured(Random random, int length) {
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            int count = Math.min(length - at, 1 + random.nextInt(random.nextInt(4) == 0 ? 60_000 : 200));
            switch (random.nextInt(5)) {
                case 0 -> {
                    byte[] noise = new byte[count];
                    random.nextBytes(noise);
                    System.arraycopy(noise, 0, bytes, at, count);
                }
                case 1 -> Arrays.fill(bytes, at, at + count, (byte) random.nextInt(256));
                case 2 -> {
                    for (int i = 0; i < count; i++) {
                        bytes[at + i] = (byte) ('a' + Math.abs(random.nextGaussian()) * 5);
                    }
                }
                default -> {
                    int from = at == 0 ? 0 : random.nextInt(at);
                    for (int i = 0; i < count; i++) {
                        bytes[at + i] = bytes[from + i];
                    }
                }
            }
            at += count;
        }
        return bytes;
    }

    static Stream<String> zstdOptions() {
        return Stream.of(
                "-1", "-3", "-6", "-9", "-15", "-19", "--ultra -22", "--long=27 -3", "--fast=5", "-3 --no-check");
    }

    @ParameterizedTest
    @MethodSource("zstdOptions")
    void zstdOfTheReferenceProgramIsRead(String options, @TempDir Path temp) throws Exception {
        Tool.require("zstd", "zstd");
        var random = new Random(options.hashCode());
        for (int length : new int[] {0, 1, 100, 5_000, 131_072, 131_073, 300_000, 1_200_000}) {
            byte[] content = structured(random, length);
            assertThat(decompress(zstd(content, options, temp))).isEqualTo(content);
        }
    }

    @Test
    void zstdOfSmallAlphabetsAndSizesIsRead(@TempDir Path temp) throws Exception {
        Tool.require("zstd", "zstd");
        var random = new Random(5);
        for (int round = 0; round < 24; round++) {
            byte[] content = new byte[random.nextInt(round < 12 ? 2_000 : 200_000)];
            int symbols = 1 + random.nextInt(256);
            for (int i = 0; i < content.length; i++) {
                content[i] = (byte) Math.min(symbols, Math.abs(random.nextGaussian()) * symbols / 3);
            }
            assertThat(decompress(zstd(content, "-" + (1 + random.nextInt(19)), temp)))
                    .isEqualTo(content);
        }
    }

    @Test
    void zstdFramesAndSkippableFramesAreOneStream(@TempDir Path temp) throws Exception {
        Tool.require("zstd", "zstd");
        byte[] one = structured(new Random(1), 500_000);
        byte[] skippable = join(new byte[] {0x5e, 0x2a, 0x4d, 0x18, 3, 0, 0, 0}, new byte[] {1, 2, 3});
        byte[] a = zstd(one, "-3", temp);
        byte[] b = zstd(Trees.bytes("b"), "-1", temp);
        byte[] stream = join(skippable, a, skippable, b, skippable);
        byte[] expected = join(one, Trees.bytes("b"));
        assertThat(decompress(stream)).isEqualTo(expected);
        assertThat(new ZstdInput(new OneByOne(stream)).readAllBytes()).isEqualTo(expected);
        for (byte[] broken : new byte[][] {
            join(a, Trees.bytes("junk")),
            join(a, new byte[4]),
            Arrays.copyOf(a, a.length - 1),
            join(a, new byte[] {0x28}),
            Arrays.copyOf(a, 3),
            flipped(a, a.length - 1),
            flipped(a, a.length / 2)
        }) {
            assertThatThrownBy(() -> decompressZstd(broken))
                    .isInstanceOf(CorruptStreamException.class)
                    .hasMessageStartingWith("not a usable zstd stream: ");
        }
    }

    @Test
    void zstdThatAsksForTooMuchIsRefused() {
        byte[] window2Gib = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (21 << 3), 1, 0, 0};
        assertThatThrownBy(() -> decompress(window2Gib))
                .hasMessage("not a usable zstd stream: needs a window of more than 128 MiB");
        byte[] dictionary = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 0x50, 7, 1, 0, 0};
        assertThatThrownBy(() -> decompress(dictionary)).hasMessage("not a usable zstd stream: needs a dictionary");
        byte[] noDictionary = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 0x50, 0, 1, 0, 0};
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> decompress(noDictionary)))
                .isNull();
        byte[] falseSize = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x20, 5, 1, 0, 0};
        assertThatThrownBy(() -> decompress(falseSize))
                .hasMessage("not a usable zstd stream: frame shorter than its header says");
    }

    @Test
    void damagedZstdNeverEscapesAsAnotherException(@TempDir Path temp) throws Exception {
        Tool.require("zstd", "zstd");
        var random = new Random(11);
        for (String options : new String[] {"-1 --no-check", "-19 --no-check"}) {
            byte[] good = zstd(structured(random, 20_000), options, temp);
            for (int round = 0; round < 2_000; round++) {
                byte[] bad = good.clone();
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
                }
                try {
                    new ZstdInput(new ByteArrayInputStream(bad)).skip(1 << 24);
                } catch (CorruptStreamException refused) {
                    assertThat(refused).hasMessageStartingWith("not a usable zstd stream: ");
                }
            }
        }
    }

    private static byte[] zstd(byte[] content, String options, Path temp) throws Exception {
        return tool("zstd -q -c " + options, content, temp);
    }

    private static byte[] tool(String command, byte[] content, Path temp) throws Exception {
        Path input = temp.resolve("input");
        Path output = temp.resolve("output");
        Files.write(input, content);
        Tool.run("sh", "-c", command + " < " + input + " > " + output);
        return Files.readAllBytes(output);
    }

    @ParameterizedTest
    @EnumSource(names = {"XZ", "BZIP2"})
    void archivesOfOtherProgramsAreRead(Compression compression, @TempDir Path temp) throws Exception {
        String program = compression == Compression.XZ ? "xz" : "bzip2";
        Tool.require(program, compression == Compression.XZ ? "xz-utils" : "bzip2");
        byte[] content = structured(new Random(2), 2_000_000);
        byte[] one = tool(program + " -9 -c", content, temp);
        byte[] two = tool(program + " -1 -c", Trees.bytes("two"), temp);
        assertThat(Compression.detect(one)).isEqualTo(compression);
        assertThat(decompress(join(one, two))).isEqualTo(join(content, Trees.bytes("two")));
        for (byte[] broken :
                new byte[][] {Arrays.copyOf(one, one.length - 1), Arrays.copyOf(one, 10), flipped(one, one.length / 2)
                }) {
            assertThatThrownBy(() -> decompress(broken)).isInstanceOf(CorruptStreamException.class);
        }
    }

    @Test
    void xzWithAHugeDictionaryIsRefused(@TempDir Path temp) throws Exception {
        Tool.require("xz", "xz-utils");
        byte[] huge = tool("xz -c --lzma2=preset=0,dict=512MiB", Trees.bytes("x"), temp);
        assertThatThrownBy(() -> decompress(huge)).isInstanceOf(CorruptStreamException.class);
    }

    @Test
    void magicBytesDecide() throws IOException {
        assertThat(Compression.detect(gzip(new byte[0]))).isEqualTo(Compression.GZIP);
        assertThat(Compression.detect(new byte[0])).isEqualTo(Compression.NONE);
        assertThat(Compression.detect(Trees.bytes("BZ"))).isEqualTo(Compression.NONE);
        assertThat(Compression.detect(new byte[] {0x5f, 0x2a, 0x4d, 0x18})).isEqualTo(Compression.ZSTD);
        assertThat(decompress(Trees.bytes("plain"))).isEqualTo(Trees.bytes("plain"));
    }
}
