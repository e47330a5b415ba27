package dev.jbuild.layer;

import static dev.jbuild.layer.LayerTars.write;
import static dev.jbuild.layer.Trees.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Agreement with GNU tar in both directions.
class LayerGnuTarTest {
    private static LayerIndex read(byte[] tar) throws IOException {
        return LayerReader.readArchive(new ByteArrayInputStream(tar), new RecordingSink(), TarLimits.DEFAULT)
                .index();
    }

    /// GNU tar lists and unpacks what we write, byte for byte what the index says.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    void gnuTarUnpacksTheSameTree(int seed, @TempDir Path temp) throws Exception {
        Tool.require("tar", "tar");
        Tool.requireRoot();
        var store = new Trees.Store();
        LayerIndex index = LayerIndex.of(Trees.randomEntries(new Random(seed), store, false, true).stream()
                .map(LayerGnuTarTest::asFileSystemsHaveIt)
                .toList());
        Path file = temp.resolve("layer.tar");
        Files.write(file, write(index, store));
        Path root = Files.createDirectory(temp.resolve("root"));
        String listing = Tool.run(
                "tar",
                "--xattrs",
                "--xattrs-include=*",
                "-tvf",
                file.toString(),
                "--numeric-owner",
                "--full-time",
                "--quoting-style=literal");
        assertThat(listing).doesNotContain("tar: ");
        assertThat(Tool.run(
                        "tar",
                        "-C",
                        root.toString(),
                        "--xattrs",
                        "--xattrs-include=*",
                        "--delay-directory-restore",
                        "-xpf",
                        file.toString(),
                        "--numeric-owner",
                        "--same-owner",
                        "--warning=no-timestamp"))
                .isEmpty();
        Map<String, String> found = find(root);
        index.impliedDirectories().forEach(path -> found.remove(latin(path)));
        assertThat(found).isEqualTo(expected(index));
        for (LayerEntry entry : index.entries()) {
            if (entry.isFile() && entry.path().isUtf8()) {
                byte[] wanted = store.bytesOf(entry);
                assertThat(Files.readAllBytes(root.resolve(entry.path().utf8())))
                        .isEqualTo(wanted);
            }
        }
    }

    /// ext4 has no times before 1901 or behind 2446, and the kernel keeps `user.*` of files and directories
    /// only.
    private static LayerEntry asFileSystemsHaveIt(LayerEntry entry) {
        Timestamp time = entry.modified();
        LayerEntry kept = entry.withModified(new Timestamp(Math.floorMod(time.seconds(), 1L << 33), time.nanos()));
        return entry.isFile() || entry.isDirectory() ? kept : kept.withXattrs(ExtendedAttributes.NONE);
    }

    static java.util.stream.IntStream fewSeeds() {
        return java.util.stream.IntStream.range(0, 25);
    }

    /// Name to attributes, by the `find` program. Names come NUL-terminated, as bytes.
    private static Map<String, String> find(Path root) throws Exception {
        String output = Tool.run("find", root.toString(), "-mindepth", "1", "-printf", "%P\\0%y %m %U %G %T@ %l\\0");
        String[] parts = output.split("\0", -1);
        Map<String, String> found = new TreeMap<>();
        for (int i = 0; i + 1 < parts.length; i += 2) {
            found.put(parts[i], parts[i + 1]);
        }
        return found;
    }

    private static Map<String, String> expected(LayerIndex index) {
        Map<String, String> expected = new TreeMap<>();
        for (LayerEntry entry : index.entries()) {
            String type = switch (entry.type()) {
                case FILE -> "f";
                case DIRECTORY -> "d";
                case SYMLINK -> "l";
                case CHARACTER_DEVICE -> "c";
                case BLOCK_DEVICE -> "b";
                case FIFO -> "p";
                case WHITEOUT -> "w";
            };
            Timestamp time = entry.modified();
            expected.put(
                    latin(entry.path()),
                    type + " " + Integer.toOctalString(entry.mode()) + " " + Integer.toUnsignedString(entry.userId())
                            + " "
                            + Integer.toUnsignedString(entry.groupId()) + " " + findTime(time) + " "
                            + latin(entry.linkTarget()));
        }
        return expected;
    }

    /// As `find -printf %T@` writes it.
    private static String findTime(Timestamp time) {
        boolean negative = time.seconds() < 0 && time.nanos() > 0;
        long seconds = negative ? time.seconds() + 1 : time.seconds();
        int nanos = negative ? 1_000_000_000 - time.nanos() : time.nanos();
        String fraction = Integer.toString(1_000_000_000 + nanos).substring(1);
        return (negative && seconds == 0 ? "-" : "") + seconds + "." + fraction + "0";
    }

    private static String latin(ByteString text) {
        return new String(text.toBytes(), StandardCharsets.ISO_8859_1);
    }

    /// And the other way round: what GNU tar writes, in each of its formats, is read as what is on the disk.
    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"gnu", "oldgnu", "pax", "ustar", "v7"})
    void whatGnuTarWritesIsRead(String format, @TempDir Path temp) throws Exception {
        Tool.require("tar", "tar");
        Path root = Files.createDirectory(temp.resolve("root"));
        String longName = format.equals("gnu") || format.equals("oldgnu") || format.equals("pax")
                ? "d/" + "x".repeat(200)
                : "d/" + "x".repeat(60);
        Files.createDirectories(root.resolve("d"));
        Files.writeString(root.resolve(longName), "long");
        Files.writeString(root.resolve("a"), "content");
        Files.createSymbolicLink(root.resolve("l"), Path.of("a"));
        Files.createLink(root.resolve("h"), root.resolve("a"));
        try (var sparse = new java.io.RandomAccessFile(root.resolve("s").toFile(), "rw")) {
            for (int i = 0; i < 40; i++) {
                sparse.seek(i * 100_000L);
                sparse.write(i + 1);
            }
            sparse.setLength(5_000_000);
        }
        Path file = temp.resolve("file.tar");
        var variants = new ArrayList<List<String>>();
        variants.add(List.of());
        if (format.equals("gnu") || format.equals("oldgnu")) {
            variants.add(List.of("--sparse"));
        }
        if (format.equals("pax")) {
            for (String version : List.of("0.0", "0.1", "1.0")) {
                variants.add(List.of("--sparse", "--sparse-version=" + version));
            }
        }
        for (List<String> variant : variants) {
            var command = new ArrayList<>(
                    List.of("tar", "-C", root.toString(), "--format=" + format, "-cf", file.toString()));
            command.addAll(variant);
            command.add(".");
            Tool.run(command.toArray(String[]::new));
            LayerIndex index = read(Files.readAllBytes(file));
            Map<String, Digest> digests = new HashMap<>();
            for (String name : List.of("a", "s", longName)) {
                digests.put(name, Digest.ofBytes(Files.readAllBytes(root.resolve(name))));
                assertThat(index.find(path(name)).contentDigest())
                        .as(name + variant)
                        .isEqualTo(digests.get(name));
            }
            assertThat(index.find(path("h")).hardLink()).isEqualTo(path("a"));
            assertThat(index.find(path("l")).linkTarget()).isEqualTo(path("a"));
            if (format.equals("pax")) {
                assertThat(index.find(path("a")).modified().nanos())
                        .isEqualTo(Files.getLastModifiedTime(root.resolve("a"))
                                .toInstant()
                                .getNano());
            }
        }
    }
}
