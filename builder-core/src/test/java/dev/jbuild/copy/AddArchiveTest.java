package dev.jbuild.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.layer.LayerException;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.user.Owner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class AddArchiveTest {
    private static final String ARCHIVE = """
            d 700 9:9 / @1
            d 750 3:4 bin @2
            f 4755 3:4 bin/tool T @3
            h bin/tool2 bin/tool
            l bin/sh tool @4
            f 644 5:6 lib/x L @5
            """;

    @Test
    void archiveBecomesADirectoryAndKeepsItsOwners() throws IOException {
        List<String> expected = List.of(
                "d 755 0:0 n @1000",
                "d 750 3:4 n/bin @2",
                "l n/bin/sh tool @4",
                "f 4755 3:4 n/bin/tool T @3",
                "h n/bin/tool2 n/bin/tool",
                "d 755 0:0 n/lib @1000",
                "f 644 5:6 n/lib/x L @5");
        assertThat(add("", "/n", null, tar(ARCHIVE))).isEqualTo(expected);
        assertThat(add("", "/n/", null, gzip(tar(ARCHIVE)))).isEqualTo(expected);
    }

    @Test
    void everyCompressionIsToldByItsBytes() throws Exception {
        List<String> expected = add("", "/n", null, tar(ARCHIVE));
        for (String program : List.of("bzip2", "xz", "zstd")) {
            assertThat(add("", "/n", null, compressed(program, tar(ARCHIVE)))).isEqualTo(expected);
        }
    }

    @Test
    void ownerOverridesThatOfTheArchiveAndModeDoesNot() throws IOException {
        assertThat(add("", "/n", new Owner(7, 8), tar(ARCHIVE)))
                .contains(
                        "d 755 7:8 n @1000",
                        "d 750 7:8 n/bin @2",
                        "f 4755 7:8 n/bin/tool T @3",
                        "d 755 7:8 n/lib @1000");
    }

    @Test
    void linksOfTheImageLeadOnInsideTheRoot() throws IOException {
        assertThat(add("l lib /usr/lib\nd 711 0:0 usr\nd 711 1:1 usr/lib", "/", null, tar(ARCHIVE)))
                .contains("d 711 1:1 usr/lib", "f 644 5:6 usr/lib/x L @5")
                .doesNotContain("l lib /usr/lib");
    }

    @Test
    void whatIsInTheWayIsReplaced() throws IOException {
        String below = """
                d 755 0:0 bin
                f 644 0:0 bin/old O
                d 755 0:0 bin/tool
                f 644 0:0 bin/tool/inside I
                f 644 0:0 bin/sh S
                """;
        assertThat(add(below, "/", null, tar(ARCHIVE)))
                .containsExactly(
                        "d 755 0:0 /",
                        "d 750 3:4 bin @2",
                        "l bin/sh tool @4",
                        "f 4755 3:4 bin/tool T @3",
                        "h bin/tool2 bin/tool",
                        "d 755 0:0 lib @1000",
                        "f 644 5:6 lib/x L @5");
        assertThat(add("l bin /elsewhere", "/", null, tar(ARCHIVE)))
                .contains("d 750 3:4 bin @2", "f 4755 3:4 bin/tool T @3");
    }

    @Test
    void directoryThatComesBackHidesWhatItHeldBefore() throws IOException {
        assertThat(add(
                        "d 755 0:0 x\nf 644 0:0 x/old O",
                        "/",
                        null,
                        tar("f 644 0:0 x F"),
                        tar("d 700 0:0 x\nf 600 0:0 x/new N")))
                .containsExactly("d 755 0:0 /", "d 700 0:0 x opaque", "f 600 0:0 x/new N");
    }

    @Test
    void whatIsNoArchiveIsCopied() throws IOException {
        byte[] cut = Arrays.copyOf(tar(ARCHIVE), 511);
        byte[] text = "not an archive".getBytes(StandardCharsets.UTF_8);
        byte[] damaged = Arrays.copyOf(gzip(tar(ARCHIVE)), 20);
        for (byte[] content : List.of(cut, text, gzip(text), damaged, new byte[0], new byte[2048])) {
            assertThat(add("", "/n", null, content))
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("f 644 0:0 n "));
        }
    }

    @Test
    void damagedArchiveIsAnErrorAndNotACopy() throws IOException {
        byte[] tar = tar(ARCHIVE);
        assertThatThrownBy(() -> add("", "/n", null, Arrays.copyOf(tar, 1100)))
                .isInstanceOfAny(LayerException.class, IOException.class);
    }

    private static List<String> add(String below, String destination, @Nullable Owner owner, byte[]... archives)
            throws IOException {
        TreeText source = TreeText.of("");
        for (int i = 0; i < archives.length; i++) {
            source.with("a" + i, archives[i]);
        }
        SourceTree tree = source.source();
        var request = new CopyRequest(
                java.util.stream.IntStream.range(0, archives.length)
                        .<CopySource>mapToObj(i -> new CopySource.InTree(tree, ByteString.of("a" + i)))
                        .toList(),
                ByteString.of(destination),
                ByteString.of("/"),
                new CopyRules(
                        owner,
                        archives.length == 1 && owner != null ? ModeChange.parse("0600") : null,
                        true,
                        false,
                        IgnorePatterns.NONE,
                        null),
                Timestamp.ofSeconds(1000));
        try (CopyPlan plan = CopyPlan.of(request, TreeText.of(below).merged(), TreeText.SPACE)) {
            assertThat(plan.index().entries()).isEqualTo(plan.entries());
            return TreeText.describe(plan);
        }
    }

    private static byte[] tar(String lines) throws IOException {
        return TreeText.of(lines).tar();
    }

    private static byte[] compressed(String program, byte[] bytes) throws Exception {
        Path file = Files.createTempFile("jbuild", ".tar");
        try {
            Files.write(file, bytes);
            Process process = new ProcessBuilder(program, "-c", file.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            byte[] output = process.getInputStream().readAllBytes();
            assertThat(process.waitFor()).isZero();
            return output;
        } catch (IOException missing) {
            assertThat(System.getenv("CI")).as("CI has " + program).isNotEqualTo("true");
            return Assumptions.abort("no " + program + " here");
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }
}
