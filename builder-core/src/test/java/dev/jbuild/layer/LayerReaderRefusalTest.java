package dev.jbuild.layer;

import static dev.jbuild.layer.LayerTars.lines;
import static dev.jbuild.layer.LayerTars.readLayer;
import static dev.jbuild.layer.LayerTars.row;
import static dev.jbuild.layer.TarBytes.header;
import static dev.jbuild.layer.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tars that are damaged or hostile.
class LayerReaderRefusalTest {
    static Stream<Arguments> refused() {
        return Stream.of(
                row("upwards", tar().file("../x", ""), "the name '../x' in a tar leads upwards"),
                row("upwards inside", tar().file("a/../b", ""), "the name 'a/../b' in a tar leads upwards"),
                row("hard link upwards", tar().hardLink("a", "../b"), "the name '../b' in a tar leads upwards"),
                row("root is a link", tar().symlink("/", "x"), "the root in a tar, '/', is no directory"),
                row("root is a file", tar().file("", "x"), "the root in a tar, '', is no directory"),
                row("root is a pipe", tar().add(header(".", '6')), "the root in a tar, '.', is no directory"),
                row("whiteout of nothing", tar().file("a/.wh.", ""), "the whiteout 'a/.wh.' names nothing"),
                row("whiteout of itself", tar().file("a/.wh..", ""), "the whiteout 'a/.wh..' names nothing"),
                row("whiteout of the parent", tar().file("a/.wh...", ""), "the whiteout 'a/.wh...' names nothing"),
                row("whiteout is a directory", tar().directory(".wh.a"), "the whiteout '.wh.a' is no file"),
                row(
                        "opaque mark is a link",
                        tar().symlink(".wh..wh..opq", "a"),
                        "the whiteout '.wh..wh..opq' is no file"),
                row("below a whiteout", tar().file(".wh.a/b", ""), "'.wh.a/b' lies below a whiteout"),
                row(
                        "below a file",
                        tar().file("a", "").file("a/b", ""),
                        "an entry lies below 'a', which is no directory"),
                row(
                        "below a pipe",
                        tar().add(header("a", '6')).file("a/b", ""),
                        "an entry lies below 'a', which is no directory"),
                row(
                        "opaque below a file",
                        tar().file("a", "").file("a/.wh..wh..opq", ""),
                        "an entry lies below 'a', which is no directory"),
                row(
                        "below a link to itself",
                        tar().symlink("a", "a").file("a/b", ""),
                        "too many links at 'a' in this layer"),
                row(
                        "device 0:0",
                        tar().add(header("a", '3').device(0, 0)),
                        "'a' is the device 0:0, which would delete files"),
                row(
                        "device major",
                        tar().add(header("a", '4').device(4096, 0)),
                        "not a usable tar: byte 512 at 'a' has an impossible device number"),
                row("empty link", tar().symlink("a", ""), "the link 'a' has a text of 0 bytes"),
                row(
                        "long link",
                        tar().pax("linkpath=" + "x".repeat(4096)).symlink("a", "b"),
                        "the link 'a' has a text of 4096 bytes"),
                row(
                        "256 bytes of name",
                        tar().pax("path=" + "n".repeat(256)).file("x", ""),
                        "a name in '" + "n".repeat(100) + "...' is longer than 255 bytes"),
                row(
                        "later hard link",
                        tar().hardLink("a", "b").file("b", ""),
                        "'a' is a hard link to 'b', no file that this layer has before it"),
                row(
                        "hard link to itself",
                        tar().file("a", "").hardLink("a", "./a"),
                        "'a' is a hard link to itself or to what it replaces"),
                row(
                        "hard link to its child",
                        tar().file("a/b", "").hardLink("a", "a/b"),
                        "'a' is a hard link to itself or to what it replaces"),
                row(
                        "hard link to a directory",
                        tar().directory("b").hardLink("a", "b"),
                        "'a' is a hard link to 'b', no file that this layer has before it"),
                row("hard link to the root", tar().hardLink("a", "/"), "'a' is a hard link to the root"),
                row(
                        "unknown type",
                        tar().add(header("a", 'Z')),
                        "not a usable tar: byte 512 at 'a' has the unknown type 90"),
                row(
                        "multi volume",
                        tar().add(header("a", 'M')),
                        "not a usable tar: byte 512 at 'a' has the unknown type 77"),
                row(
                        "directory with size",
                        tar().add(header("a", '5').size(1)).data(new byte[1]),
                        "not a usable tar: byte 512 at 'a' has a size but is no file"),
                row(
                        "directory by slash with size",
                        tar().file("a/", "x"),
                        "not a usable tar: byte 512 at 'a/' has a size but is no file"),
                row(
                        "pax size of a hard link",
                        tar().file("a", "").pax("size=1").hardLink("b", "a").data(new byte[1]),
                        "not a usable tar: byte 2048 at 'b' has a size but is no file"),
                row(
                        "negative size",
                        tar().add(header("a", '0').text(124, 12, "\377\377\377\377\377\377\377\377\377\377\377\377")),
                        "not a usable tar: byte 512 has a negative size"),
                row(
                        "huge size",
                        tar().add(header("a", '0').text(124, 12, "\200\1\0\0\0\0\0\0\0\0\0\0")),
                        "not a usable tar: byte 512 has a damaged header"),
                row(
                        "no octal",
                        tar().add(header("a", '0').text(124, 12, "00000000009\0")),
                        "not a usable tar: byte 512 has a damaged header"),
                row(
                        "checksum",
                        tar().raw(checksum(header("a", '0'))),
                        "not a usable tar: byte 512 has a damaged header"),
                row(
                        "uid -1",
                        tar().pax("uid=4294967295").file("a", ""),
                        "not a usable tar: byte 1536 at 'a' has the impossible user id 4294967295"),
                row(
                        "negative gid",
                        tar().add(header("a", '0').text(116, 8, "\377\377\377\377\377\377\377\377")),
                        "not a usable tar: byte 512 at 'a' has the impossible group id -1"),
                row(
                        "pax length too long",
                        tar().extendedRaw('x', "99 path=a\n").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record with a wrong length"),
                row(
                        "pax length too short",
                        tar().extendedRaw('x', "5 path=a\n").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record without keyword, value or newline"),
                row(
                        "pax without newline",
                        tar().extendedRaw('x', "10 path=ab").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record without keyword, value or newline"),
                row(
                        "pax without length",
                        tar().extendedRaw('x', " path=a\n").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record with a wrong length"),
                row(
                        "pax signed length",
                        tar().extendedRaw('x', "+10 path=a\n").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record with a wrong length"),
                row(
                        "pax NUL in path",
                        tar().pax("path=a\0b").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record 'path' with a wrong value"),
                row(
                        "pax negative size",
                        tar().pax("size=-1").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record 'size' with a wrong value"),
                row(
                        "pax hex size",
                        tar().pax("size=0x1").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record 'size' with a wrong value"),
                row(
                        "pax mtime",
                        tar().pax("mtime=1e5").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record 'mtime' with a wrong value"),
                row(
                        "pax trailing zeros",
                        tar().extendedRaw('x', "9 path=a\n\0\0").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record with a wrong length"),
                row(
                        "global path",
                        tar().extended('g', "path=a").file("b", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a global header with a path or size"),
                row(
                        "pax header at the end",
                        tar().file("a", "").pax("path=b"),
                        "not a usable tar: byte 2048 at 'PaxHeaders' ends behind an extended header"),
                row(
                        "header behind a zero block",
                        tar().raw(new byte[512]).file("a", ""),
                        "not a usable tar: byte 1024 has a header behind a zero block"),
                row(
                        "sparse of another format",
                        tar().add(header("a", 'S')),
                        "not a usable tar: byte 512 at 'a' is sparse in two formats"));
    }

    private static byte[] checksum(TarBytes.Header header) {
        byte[] block = header.sealed();
        block[0]++;
        return block;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void hostileTarsAreRefusedInOneLine(String name, Supplier<byte[]> tar, String message) {
        assertThatThrownBy(() -> readLayer(tar.get()))
                .isInstanceOf(LayerException.class)
                .hasMessage(message);
        assertThat(message.length()).isLessThan(250);
    }

    @Test
    void anEndOfTheStreamIsAnEndOfTheTarOnlyBetweenEntries() throws IOException {
        byte[] whole = tar().file("a", "x").withoutEnd();
        assertThat(lines(whole)).containsExactly("a FILE 1");
        assertThat(lines(Arrays.copyOf(whole, whole.length + 512))).containsExactly("a FILE 1");
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> readLayer(cut))
                    .isInstanceOf(LayerException.class)
                    .hasMessageContaining(" ends ");
        }
    }

    @Test
    void anotherDiffIdIsRefusedBeforeTheSinkFinishes() {
        byte[] tar = tar().file("a", "x").end();
        var sink = new RecordingSink();
        Digest other = Digest.ofBytes(new byte[0]);
        assertThatThrownBy(() -> LayerReader.readLayer(new ByteArrayInputStream(tar), other, sink, TarLimits.DEFAULT))
                .isInstanceOf(LayerException.class)
                .hasMessage("a layer whose diff ID should be " + other + " has " + Digest.ofBytes(tar));
        assertThat(sink.finished).isFalse();
    }

    static Stream<String> badMaps() {
        return Stream.of(
                "0,2,1,2", "10,2,0,2", "0,2,1011,2", "0,2", "0,2,3", "0,9223372036854775807", "x", "0,5", ",", "0,2,");
    }

    @ParameterizedTest
    @MethodSource("badMaps")
    void impossibleSparseMapsAreRefused(String map) {
        byte[] tar = tar().pax("GNU.sparse.size=1012", "GNU.sparse.map=" + map)
                .add(header("f", '0').size(4))
                .data(Trees.bytes("abcd"))
                .end();
        assertThatThrownBy(() -> readLayer(tar))
                .isInstanceOf(LayerException.class)
                .hasMessageStartingWith("not a usable tar");
    }

    @Test
    void whiteoutNamesOfAnArchiveAreOrdinaryAndCannotBeKept() {
        byte[] tar = tar().file("a/.wh.b", "").end();
        assertThatThrownBy(() ->
                        LayerReader.readArchive(new ByteArrayInputStream(tar), LayerSink.NOTHING, TarLimits.DEFAULT))
                .isInstanceOf(LayerException.class)
                .hasMessageStartingWith("'a/.wh.b' cannot be kept in an image");
    }

    @Test
    void garbageNeverEscapesAsAnotherException() throws IOException {
        var random = new Random(7);
        byte[] good = tar().pax("path=p", "size=3", "SCHILY.xattr.user.a=b", "GNU.sparse.map=0,3", "GNU.sparse.size=9")
                .file("a", "abc")
                .symlink("l", "d")
                .file("l/x", "y")
                .hardLink("h", "d/x")
                .file(".wh.q", "")
                .longName('L', "n".repeat(150))
                .directory("n")
                .add(header("c", '3').device(1, 3))
                .end();
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = good.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            if (random.nextBoolean()) {
                reseal(bad);
            }
            try {
                LayerReader.readLayer(
                        new ByteArrayInputStream(bad), Digest.ofBytes(bad), LayerSink.NOTHING, TarLimits.DEFAULT);
            } catch (LayerException refused) {
                assertThat(refused.getMessage()).doesNotContain("\n");
            }
        }
    }

    /// Makes the checksums of all blocks that look like headers right again.
    private static void reseal(byte[] tar) {
        for (int at = 0; at + 512 <= tar.length; at += 512) {
            if (tar[at + 257] == 'u') {
                int sum = 8 * ' ';
                for (int i = 0; i < 512; i++) {
                    sum += i >= 148 && i < 156 ? 0 : tar[at + i] & 0xff;
                }
                byte[] text = Trees.bytes(TarBytes.octal(6, sum) + "\0 ");
                System.arraycopy(text, 0, tar, at + 148, 8);
            }
        }
    }
}
