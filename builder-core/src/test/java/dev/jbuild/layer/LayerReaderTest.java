package dev.jbuild.layer;

import static dev.jbuild.layer.TarBytes.header;
import static dev.jbuild.layer.Trees.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayerReaderTest {
    static LayerContent read(byte[] tar) throws IOException {
        return LayerReader.readLayer(
                new ByteArrayInputStream(tar), Digest.ofBytes(tar), new RecordingSink(), TarLimits.DEFAULT);
    }

    /// One line for each entry: path, type, what is special about it.
    static List<String> lines(byte[] tar) throws IOException {
        return read(tar).index().entries().stream().map(LayerReaderTest::line).toList();
    }

    private static String line(LayerEntry entry) {
        var line = new StringBuilder(entry.path() + " " + entry.type());
        if (entry.isSymlink()) {
            line.append(' ').append(entry.linkTarget());
        }
        if (entry.isFile()) {
            line.append(' ').append(entry.size());
        }
        if (entry.hardLink() != null) {
            line.append(" = ").append(entry.hardLink());
        }
        return line.append(entry.opaque() ? " opaque" : "").toString();
    }

    private static TarBytes tar() {
        return new TarBytes();
    }

    private static Arguments row(String name, TarBytes tar, String result) {
        return Arguments.of(name, (Supplier<byte[]>) tar::end, result);
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                row("leading slash, dots, double slashes", tar().file("/./a//b/./c", "x"), "a/b/c FILE 1"),
                row("root as ./", tar().directory("./"), " DIRECTORY"),
                row("root as /", tar().directory("/"), " DIRECTORY"),
                row("root as .", tar().directory("."), " DIRECTORY"),
                row("root without name", tar().directory(""), " DIRECTORY"),
                row("dots in names", tar().file("..a/b..", "x"), "..a/b.. FILE 1"),
                row("file with slash is a directory", tar().add(header("a/", '0')), "a DIRECTORY"),
                row("v7 file", tar().add(header("a", '\0').v7()), "a FILE 0"),
                row("contiguous file", tar().add(header("a", '7')), "a FILE 0"),
                row("gnu long name", tar().longName('L', "n".repeat(200)).file("n", "x"), "n".repeat(200) + " FILE 1"),
                row(
                        "gnu long link",
                        tar().longName('K', "t".repeat(200)).symlink("l", "t"),
                        "l SYMLINK " + "t".repeat(200)),
                row("ustar prefix", tar().add(header("b", '5').text(345, 155, "p")), "p/b DIRECTORY"),
                row("gnu has no prefix", tar().add(header("b", '5').gnu().text(345, 155, "p")), "b DIRECTORY"),
                row(
                        "star has a shorter prefix",
                        tar().add(header("b", '5')
                                .text(345, 155, "p")
                                .text(476, 12, "00000000000 ")
                                .text(488, 12, "00000000000 ")),
                        "p/b DIRECTORY"),
                row("pax path", tar().pax("path=p/q").file("x", "1"), "p/q FILE 1"),
                row("pax linkpath", tar().pax("linkpath=p/q").symlink("x", "1"), "x SYMLINK p/q"),
                row("pax size counts", tar().pax("size=3").add(header("a", '0')).data(Trees.bytes("abc")), "a FILE 3"),
                row("pax size taken back", tar().pax("size=9", "size=").file("a", "x"), "a FILE 1"),
                row("pax from Solaris", tar().extended('X', "path=p").file("x", "1"), "p FILE 1"),
                row("pax beats gnu", tar().longName('L', "g").pax("path=p").file("x", "1"), "p FILE 1"),
                row(
                        "unknown keywords",
                        tar().pax("comment=c", "x.y=z", "atime=1.5").file("a", "x"),
                        "a FILE 1"),
                row("volume name", tar().add(header("VOL", 'V')).file("a", "x"), "a FILE 1"),
                row("dump directory", tar().add(header("d/", 'D').size(3)).data(Trees.bytes("Ya\0")), "d DIRECTORY"),
                row(
                        "size of a hard link",
                        tar().file("a", "x").add(header("b", '1').link("a").size(9)),
                        "a FILE 1,b FILE 1 = a"),
                row(
                        "base-256 size",
                        tar().add(header("a", '0').text(124, 12, "\200\0\0\0\0\0\0\0\0\0\0\1"))
                                .data(new byte[1]),
                        "a FILE 1"),
                row(
                        "numbers with spaces",
                        tar().add(header("a", '0').text(124, 12, "         1 ")).data(new byte[1]),
                        "a FILE 1"),
                row("empty numbers", tar().add(header("a", '0').text(108, 8, "").text(136, 12, "   ")), "a FILE 0"),
                row("hard link to a symlink", tar().symlink("a", "t").hardLink("b", "a"), "a SYMLINK t,b SYMLINK t"),
                row(
                        "chain of hard links",
                        tar().file("c", "x").hardLink("b", "c").hardLink("a", "/b"),
                        "a FILE 1,b FILE 1 = a,c FILE 1 = a"),
                row(
                        "hard link through a link",
                        tar().file("d/f", "x").symlink("l", "d").hardLink("g", "l/f"),
                        "d/f FILE 1,g FILE 1 = d/f,l SYMLINK d"),
                row("below a link", tar().symlink("l", "/d/./e").file("l/f", "x"), "d/e/f FILE 1,l SYMLINK /d/./e"),
                row(
                        "link upwards stays inside",
                        tar().symlink("l", "../../../etc").file("l/f", "x"),
                        "etc/f FILE 1,l SYMLINK ../../../etc"),
                row("link to the root", tar().symlink("l", "/").file("l/f", "x"), "f FILE 1,l SYMLINK /"),
                row(
                        "link replaced by a directory",
                        tar().symlink("l", "d").directory("l").file("l/f", "x"),
                        "l DIRECTORY,l/f FILE 1"),
                row("directory replaced by a link", tar().file("l/f", "x").symlink("l", "d"), "l SYMLINK d"),
                row(
                        "file replaced by a directory",
                        tar().file("a", "x").directory("a").file("a/b", "x"),
                        "a DIRECTORY,a/b FILE 1"),
                row(
                        "directory again keeps children",
                        tar().directory("a").file("a/b", "x").directory("a"),
                        "a DIRECTORY,a/b FILE 1"),
                row("child before parent", tar().file("a/b", "x").directory("a"), "a DIRECTORY,a/b FILE 1"),
                row(
                        "first link replaced",
                        tar().file("a", "x").hardLink("b", "a").file("a", "yy"),
                        "a FILE 2,b FILE 1"),
                row("whiteout", tar().file("a/.wh.b", ""), "a/b WHITEOUT"),
                row("whiteout with content", tar().file(".wh.b", "x"), "b WHITEOUT"),
                row("whiteout as hard link", tar().hardLink(".wh.b", ".wh.c"), "b WHITEOUT"),
                row(
                        "whiteout with odd name",
                        tar().file(".wh.b.wh.", "").file(".wh.wh", ""),
                        "b.wh. WHITEOUT,wh WHITEOUT"),
                row("no whiteout", tar().file(".wh", "").file("a.wh.b", ""), ".wh FILE 0,a.wh.b FILE 0"),
                row("whiteout and file", tar().file(".wh.b", "").file("b", "x"), "b FILE 1"),
                row("file and whiteout", tar().file("b", "x").file(".wh.b", ""), "b FILE 1"),
                row(
                        "whiteout and directory",
                        tar().directory("b").file("b/c", "").file(".wh.b", ""),
                        "b DIRECTORY opaque,b/c FILE 0"),
                row(
                        "whiteout and implied directory",
                        tar().file(".wh.b", "").file("b/c", ""),
                        "b DIRECTORY opaque,b/c FILE 0"),
                row(
                        "opaque before",
                        tar().file("a/.wh..wh..opq", "").file("a/b", "").directory("a"),
                        "a DIRECTORY opaque,a/b FILE 0"),
                row(
                        "opaque after",
                        tar().directory("a").file("a/b", "").file("a/.wh..wh..opq", ""),
                        "a DIRECTORY opaque,a/b FILE 0"),
                row("opaque root", tar().file(".wh..wh..opq", ""), " DIRECTORY opaque"),
                row(
                        "opaque through a link",
                        tar().directory("d").symlink("l", "d").file("l/.wh..wh..opq", ""),
                        "d DIRECTORY opaque,l SYMLINK d"),
                row(
                        "aufs leftovers",
                        tar().directory(".wh..wh.plnk")
                                .file(".wh..wh.plnk/1.2", "")
                                .file(".wh..wh.aufs", ""),
                        ""),
                row(
                        "devices",
                        tar().add(header("c", '3').device(1, 3))
                                .add(header("b", '4').device(0, 0)),
                        "b BLOCK_DEVICE,c CHARACTER_DEVICE"),
                row("pipe", tar().add(header("p", '6')), "p FIFO"),
                row(
                        "255 bytes of name",
                        tar().pax("path=" + "n".repeat(255)).file("x", ""),
                        "n".repeat(255) + " FILE 0"),
                row("empty", tar(), ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void oddButLegalTarsAreTaken(String name, Supplier<byte[]> tar, String result) throws IOException {
        assertThat(String.join(",", lines(tar.get()))).isEqualTo(result);
    }

    private static Arguments bad(String name, TarBytes tar, String message) {
        return Arguments.of(name, (Supplier<byte[]>) tar::end, message);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                bad("upwards", tar().file("../x", ""), "the name '../x' in a tar leads upwards"),
                bad("upwards inside", tar().file("a/../b", ""), "the name 'a/../b' in a tar leads upwards"),
                bad("hard link upwards", tar().hardLink("a", "../b"), "the name '../b' in a tar leads upwards"),
                bad("root is a link", tar().symlink("/", "x"), "the root in a tar, '/', is no directory"),
                bad("root is a file", tar().file("", "x"), "the root in a tar, '', is no directory"),
                bad("root is a pipe", tar().add(header(".", '6')), "the root in a tar, '.', is no directory"),
                bad("whiteout of nothing", tar().file("a/.wh.", ""), "the whiteout 'a/.wh.' names nothing"),
                bad("whiteout of itself", tar().file("a/.wh..", ""), "the whiteout 'a/.wh..' names nothing"),
                bad("whiteout of the parent", tar().file("a/.wh...", ""), "the whiteout 'a/.wh...' names nothing"),
                bad("whiteout is a directory", tar().directory(".wh.a"), "the whiteout '.wh.a' is no file"),
                bad(
                        "opaque mark is a link",
                        tar().symlink(".wh..wh..opq", "a"),
                        "the whiteout '.wh..wh..opq' is no file"),
                bad("below a whiteout", tar().file(".wh.a/b", ""), "'.wh.a/b' lies below a whiteout"),
                bad(
                        "below a file",
                        tar().file("a", "").file("a/b", ""),
                        "an entry lies below 'a', which is no directory"),
                bad(
                        "below a pipe",
                        tar().add(header("a", '6')).file("a/b", ""),
                        "an entry lies below 'a', which is no directory"),
                bad(
                        "opaque below a file",
                        tar().file("a", "").file("a/.wh..wh..opq", ""),
                        "an entry lies below 'a', which is no directory"),
                bad(
                        "below a link to itself",
                        tar().symlink("a", "a").file("a/b", ""),
                        "too many links at 'a' in this layer"),
                bad(
                        "device 0:0",
                        tar().add(header("a", '3').device(0, 0)),
                        "'a' is the device 0:0, which would delete files"),
                bad(
                        "device major",
                        tar().add(header("a", '4').device(4096, 0)),
                        "not a usable tar: byte 512 at 'a' has an impossible device number"),
                bad("empty link", tar().symlink("a", ""), "the link 'a' has a text of 0 bytes"),
                bad(
                        "long link",
                        tar().pax("linkpath=" + "x".repeat(4096)).symlink("a", "b"),
                        "the link 'a' has a text of 4096 bytes"),
                bad(
                        "256 bytes of name",
                        tar().pax("path=" + "n".repeat(256)).file("x", ""),
                        "a name in '" + "n".repeat(100) + "...' is longer than 255 bytes"),
                bad(
                        "later hard link",
                        tar().hardLink("a", "b").file("b", ""),
                        "'a' is a hard link to 'b', no file that this layer has before it"),
                bad(
                        "hard link to itself",
                        tar().file("a", "").hardLink("a", "./a"),
                        "'a' is a hard link to itself or to what it replaces"),
                bad(
                        "hard link to its child",
                        tar().file("a/b", "").hardLink("a", "a/b"),
                        "'a' is a hard link to itself or to what it replaces"),
                bad(
                        "hard link to a directory",
                        tar().directory("b").hardLink("a", "b"),
                        "'a' is a hard link to 'b', no file that this layer has before it"),
                bad("hard link to the root", tar().hardLink("a", "/"), "'a' is a hard link to the root"),
                bad(
                        "unknown type",
                        tar().add(header("a", 'Z')),
                        "not a usable tar: byte 512 at 'a' has the unknown type 90"),
                bad(
                        "multi volume",
                        tar().add(header("a", 'M')),
                        "not a usable tar: byte 512 at 'a' has the unknown type 77"),
                bad(
                        "directory with size",
                        tar().add(header("a", '5').size(1)).data(new byte[1]),
                        "not a usable tar: byte 512 at 'a' has a size but is no file"),
                bad(
                        "directory by slash with size",
                        tar().file("a/", "x"),
                        "not a usable tar: byte 512 at 'a/' has a size but is no file"),
                bad(
                        "pax size of a hard link",
                        tar().file("a", "").pax("size=1").hardLink("b", "a").data(new byte[1]),
                        "not a usable tar: byte 2048 at 'b' has a size but is no file"),
                bad(
                        "negative size",
                        tar().add(header("a", '0').text(124, 12, "\377\377\377\377\377\377\377\377\377\377\377\377")),
                        "not a usable tar: byte 512 has a negative size"),
                bad(
                        "huge size",
                        tar().add(header("a", '0').text(124, 12, "\200\1\0\0\0\0\0\0\0\0\0\0")),
                        "not a usable tar: byte 512 has a damaged header"),
                bad(
                        "no octal",
                        tar().add(header("a", '0').text(124, 12, "00000000009\0")),
                        "not a usable tar: byte 512 has a damaged header"),
                bad(
                        "checksum",
                        tar().raw(checksum(header("a", '0'))),
                        "not a usable tar: byte 512 has a damaged header"),
                bad(
                        "uid -1",
                        tar().pax("uid=4294967295").file("a", ""),
                        "not a usable tar: byte 1536 at 'a' has the impossible user id 4294967295"),
                bad(
                        "negative gid",
                        tar().add(header("a", '0').text(116, 8, "\377\377\377\377\377\377\377\377")),
                        "not a usable tar: byte 512 at 'a' has the impossible group id -1"),
                bad(
                        "pax length too long",
                        tar().extendedRaw('x', "99 path=a\n").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record with a wrong length"),
                bad(
                        "pax length too short",
                        tar().extendedRaw('x', "5 path=a\n").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record without keyword, value or newline"),
                bad(
                        "pax without newline",
                        tar().extendedRaw('x', "10 path=ab").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record without keyword, value or newline"),
                bad(
                        "pax without length",
                        tar().extendedRaw('x', " path=a\n").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record with a wrong length"),
                bad(
                        "pax signed length",
                        tar().extendedRaw('x', "+10 path=a\n").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record with a wrong length"),
                bad(
                        "pax NUL in path",
                        tar().pax("path=a\0b").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record 'path' with a wrong value"),
                bad(
                        "pax negative size",
                        tar().pax("size=-1").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record 'size' with a wrong value"),
                bad(
                        "pax hex size",
                        tar().pax("size=0x1").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record 'size' with a wrong value"),
                bad(
                        "pax mtime",
                        tar().pax("mtime=1e5").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record 'mtime' with a wrong value"),
                bad(
                        "pax trailing zeros",
                        tar().extendedRaw('x', "9 path=a\n\0\0").file("a", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a PAX record with a wrong length"),
                bad(
                        "global path",
                        tar().extended('g', "path=a").file("b", ""),
                        "not a usable tar: byte 1024 at 'PaxHeaders' has a global header with a path or size"),
                bad(
                        "pax header at the end",
                        tar().file("a", "").pax("path=b"),
                        "not a usable tar: byte 2048 at 'PaxHeaders' ends behind an extended header"),
                bad(
                        "header behind a zero block",
                        tar().raw(new byte[512]).file("a", ""),
                        "not a usable tar: byte 1024 has a header behind a zero block"),
                bad(
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
        assertThatThrownBy(() -> read(tar.get()))
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
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(LayerException.class)
                    .hasMessageContaining(" ends ");
        }
    }

    @Test
    void whatFollowsTheEndIsReadButNotUnderstood() throws IOException {
        byte[] second = tar().file("b", "y").end();
        byte[] tar = new TarBytes()
                .file("a", "x")
                .raw(new byte[1024])
                .raw(second)
                .raw(new byte[] {1, 2, 3})
                .withoutEnd();
        assertThat(lines(tar)).containsExactly("a FILE 1");
    }

    @Test
    void aNestedTarIsContentWhateverTheUstarSizeSays() throws IOException {
        byte[] inner = tar().file("smuggled", "x").end();
        byte[] tar = tar().pax("size=" + inner.length)
                .add(header("a", '0'))
                .data(inner)
                .end();
        assertThat(lines(tar)).containsExactly("a FILE " + inner.length);
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

    @Test
    void attributesComeFromPaxOrTheHeader() throws IOException {
        byte[] tar = tar().pax(
                        "uid=3000000000",
                        "mtime=-1.25",
                        "SCHILY.xattr.user.a=1\n2\0",
                        "LIBARCHIVE.xattr.user.b%25=YmM",
                        "LIBARCHIVE.xattr.user.a=AAAA",
                        "SCHILY.xattr.trusted.overlay.opaque=y",
                        "SCHILY.xattr.user.overlay.redirect=/etc",
                        "SCHILY.xattr.security.capability=cap")
                .add(header("a", '0').mode(04755).text(116, 8, "0000017\0"))
                .add(header("b", '5').text(136, 12, "\377\377\377\377\377\377\377\377\377\377\377\376"))
                .end();
        LayerContent content = read(tar);
        LayerEntry a = content.index().find(path("a"));
        assertThat(a.mode()).isEqualTo(04755);
        assertThat(Integer.toUnsignedLong(a.userId())).isEqualTo(3_000_000_000L);
        assertThat(a.groupId()).isEqualTo(15);
        assertThat(a.modified()).isEqualTo(new Timestamp(-2, 750_000_000));
        assertThat(a.xattrs().toString()).isEqualTo("{security.capability=cap, user.a=1\\x0a2\\x00, user.b%=bc}");
        assertThat(content.index().find(path("b")).modified()).isEqualTo(new Timestamp(-2, 0));
        assertThat(content.warnings())
                .containsExactly(
                        "left out extended attributes that no layer may hold: 'trusted.overlay.opaque'",
                        "left out extended attributes that no layer may hold: 'user.overlay.redirect'");
    }

    @Test
    void aGlobalHeaderIsADefaultForAllThatFollow() throws IOException {
        byte[] tar = tar().extended('g', "comment=c", "mtime=7", "uid=5")
                .file("a", "")
                .pax("mtime=8")
                .file("b", "")
                .file("c", "")
                .end();
        LayerIndex index = read(tar).index();
        assertThat(index.entries().stream().map(entry -> entry.modified().seconds()))
                .containsExactly(7L, 8L, 7L);
        assertThat(index.find(path("c")).userId()).isEqualTo(5);
    }

    @Test
    void duplicatesAndLeftOversAreWarnedOf() throws IOException {
        LayerContent content = read(
                tar().file("a", "").file("./a", "").directory(".wh..wh.plnk").end());
        assertThat(content.warnings())
                .containsExactly(
                        "a tar has 'a' more than once; the last one counts",
                        "left out what AUFS kept for itself: '.wh..wh.plnk'");
    }

    @Test
    void sparseFilesOfEveryFormatAreFilledUp() throws IOException {
        String filled = "ab" + "\0".repeat(998) + "cd" + "\0".repeat(10);
        byte[] data = Trees.bytes("abcd");
        byte[] old = tar().add(header("f", 'S')
                        .gnu()
                        .size(4)
                        .text(386, 96, "00000000000\00000000000002\00000000001750\00000000000002\0")
                        .text(483, 12, TarBytes.octal(11, 1012) + "\0"))
                .data(data)
                .end();
        byte[] extended = tar().add(header("f", 'S')
                        .gnu()
                        .size(4)
                        .text(386, 96, "00000000000\00000000000002\0")
                        .text(482, 1, "\1")
                        .text(483, 12, TarBytes.octal(11, 1012) + "\0"))
                .data(Arrays.copyOf(Trees.bytes("00000001750\00000000000002\0"), 512))
                .data(data)
                .end();
        byte[] pax00 = tar().pax(
                        "GNU.sparse.size=1012",
                        "GNU.sparse.numblocks=2",
                        "GNU.sparse.offset=0",
                        "GNU.sparse.numbytes=2",
                        "GNU.sparse.offset=1000",
                        "GNU.sparse.numbytes=2")
                .add(header("f", '0').size(4))
                .data(data)
                .end();
        byte[] pax01 = tar().pax(
                        "GNU.sparse.size=1012",
                        "GNU.sparse.numblocks=2",
                        "GNU.sparse.name=f",
                        "GNU.sparse.map=0,2,1000,2")
                .add(header("GNUSparseFile.0/f", '0').size(4))
                .data(data)
                .end();
        byte[] map = Arrays.copyOf(Trees.bytes("2\n0\n2\n1000\n2\n"), 512);
        byte[] pax10 = tar().pax(
                        "GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.name=f", "GNU.sparse.realsize=1012")
                .add(header("GNUSparseFile.0/f", '0').size(516))
                .raw(map)
                .data(data)
                .end();
        for (byte[] tar : List.of(old, extended, pax00, pax01, pax10)) {
            var sink = new RecordingSink();
            LayerReader.readLayer(new ByteArrayInputStream(tar), Digest.ofBytes(tar), sink, TarLimits.DEFAULT);
            assertThat(sink.text("f")).isEqualTo(filled);
        }
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
        assertThatThrownBy(() -> read(tar))
                .isInstanceOf(LayerException.class)
                .hasMessageStartingWith("not a usable tar");
    }

    @Test
    void aTerabyteOfHolesIsCutByTheLimit() {
        byte[] tar = tar().pax("GNU.sparse.size=1099511627776", "GNU.sparse.map=0,0")
                .add(header("f", '0'))
                .end();
        assertThatThrownBy(() -> read(tar))
                .isInstanceOf(LayerException.class)
                .hasMessage("a layer unpacks to more than 274877906944 bytes");
    }

    @Test
    void headersOfMoreThanAMebibyteAreRefusedUnread() {
        for (char type : "xgLK".toCharArray()) {
            byte[] tar = tar().add(header("x", type).gnu().text(124, 12, "77777777777\0"))
                    .withoutEnd();
            assertThatThrownBy(() -> read(tar))
                    .isInstanceOf(LayerException.class)
                    .hasMessage("not a usable tar: byte 512 at 'x' has an extended header of more than 1 MiB");
        }
        TarBytes many = tar();
        for (int i = 0; i < 3; i++) {
            many.pax("comment=" + "x".repeat(400_000));
        }
        assertThatThrownBy(() -> read(many.file("a", "").end())).hasMessageContaining("more than 1 MiB");
    }

    /// Each entry would otherwise make the next one's path four kilobytes longer, for a few hundred bytes of
    /// tar.
    @Test
    void pathsThatGrowThroughLinksAreBounded() {
        TarBytes tar = tar();
        String deep = "a/".repeat(2_000);
        for (int i = 0; i < 40; i++) {
            tar.pax("linkpath=" + deep + "d").symlink("l" + i + (i == 0 ? "" : "/l"), "x");
            tar.file("l" + i + "/" + "b/".repeat(30) + "f", "");
        }
        byte[] bytes = tar.end();
        var limits = new TarLimits(1 << 30, 1000, 1 << 20);
        assertThatThrownBy(() -> LayerReader.readLayer(
                        new ByteArrayInputStream(bytes), Digest.ofBytes(bytes), LayerSink.NOTHING, limits))
                .isInstanceOf(LayerException.class)
                .hasMessage("too long names in one layer, more than 1048576 bytes");
    }

    @Test
    void limitsAreKept() throws IOException {
        byte[] tar = tar().file("a", "12345").file("b", "x").end();
        var enough = new TarLimits(tar.length, 2, 2);
        assertThat(LayerReader.readArchive(new ByteArrayInputStream(tar), LayerSink.NOTHING, enough)
                        .index()
                        .entries())
                .hasSize(2);
        for (var limits : List.of(
                new TarLimits(tar.length - 1, 2, 2),
                new TarLimits(tar.length, 1, 2),
                new TarLimits(tar.length, 2, 1))) {
            assertThatThrownBy(() -> LayerReader.readArchive(new ByteArrayInputStream(tar), LayerSink.NOTHING, limits))
                    .isInstanceOf(LayerException.class);
        }
    }

    @Test
    void accountFilesAreKeptUnlessReplaced() throws IOException {
        TarBytes tar = tar().file("etc/passwd", "root").file("./etc/group", "wheel");
        LayerIndex index = read(tar.end()).index();
        assertThat(index.passwd()).isEqualTo(ByteString.of("root"));
        assertThat(index.group()).isEqualTo(ByteString.of("wheel"));
        byte[] replaced = tar().file("etc/passwd", "root")
                .file("x", "y")
                .hardLink("etc/passwd", "x")
                .end();
        assertThat(read(replaced).index().passwd()).isNull();
        byte[] removed = tar().file("etc/passwd", "root").symlink("etc", "usr").end();
        assertThat(read(removed).index().passwd()).isNull();
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
