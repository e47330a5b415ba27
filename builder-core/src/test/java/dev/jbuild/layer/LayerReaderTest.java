package dev.jbuild.layer;

import static dev.jbuild.layer.LayerTars.lines;
import static dev.jbuild.layer.LayerTars.readLayer;
import static dev.jbuild.layer.LayerTars.row;
import static dev.jbuild.layer.TarBytes.header;
import static dev.jbuild.layer.TarBytes.tar;
import static dev.jbuild.layer.Trees.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tars that are taken, and what they are taken for.
class LayerReaderTest {
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
        LayerContent content = readLayer(tar);
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
        LayerIndex index = readLayer(tar).index();
        assertThat(index.entries().stream().map(entry -> entry.modified().seconds()))
                .containsExactly(7L, 8L, 7L);
        assertThat(index.find(path("c")).userId()).isEqualTo(5);
    }

    @Test
    void duplicatesAndLeftOversAreWarnedOf() throws IOException {
        LayerContent content = readLayer(
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

    @Test
    void accountFilesAreKeptUnlessReplaced() throws IOException {
        TarBytes tar = tar().file("etc/passwd", "root").file("./etc/group", "wheel");
        LayerIndex index = readLayer(tar.end()).index();
        assertThat(index.passwd()).isEqualTo(ByteString.of("root"));
        assertThat(index.group()).isEqualTo(ByteString.of("wheel"));
        byte[] replaced = tar().file("etc/passwd", "root")
                .file("x", "y")
                .hardLink("etc/passwd", "x")
                .end();
        assertThat(readLayer(replaced).index().passwd()).isNull();
        byte[] removed = tar().file("etc/passwd", "root").symlink("etc", "usr").end();
        assertThat(readLayer(removed).index().passwd()).isNull();
    }
}
