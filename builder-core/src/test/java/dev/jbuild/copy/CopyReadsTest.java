package dev.jbuild.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.context.BuildContext;
import dev.jbuild.context.DigestMemo;
import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyReadsTest {
    private static final String TREE = """
            d 755 0:0 d @1
            f 644 0:0 d/x X @2
            f 644 0:0 d/y Y @3
            f 644 0:0 e E
            l link d
            """;

    @Test
    void timesDoNotCount() throws IOException {
        assertThat(reads(TREE, "d", "e")).isEqualTo(reads(TREE.replaceAll("@.", "@77"), "d", "e"));
    }

    @Test
    void onlyWhatIsNamedCounts() throws IOException {
        assertThat(reads(TREE, "d")).isEqualTo(reads(TREE.replace("e E", "e other"), "d"));
        assertThat(reads(TREE, "d")).isNotEqualTo(reads(TREE.replace("d/x X", "d/x other"), "d"));
        assertThat(reads(TREE, "d")).isNotEqualTo(reads(TREE.replace("d/x", "d/z"), "d"));
        assertThat(reads(TREE, "d/x")).isNotEqualTo(reads(TREE.replace("644 0:0 d/x", "600 0:0 d/x"), "d/x"));
    }

    @Test
    void patternReadsItsMatchesUnderTheirNames() throws IOException {
        assertThat(reads(TREE, "link/*").reads())
                .extracting(read -> read.path().utf8())
                .containsExactly("link/x", "link/y");
        assertThat(reads(TREE, "/d/../e/").reads())
                .extracting(read -> read.path().utf8())
                .containsExactly("e");
    }

    @Test
    void patternWithoutMatchIsAWarning() throws IOException {
        CopyReads reads = reads(TREE, "*.jar");
        assertThat(reads.reads()).isEmpty();
        assertThat(reads.warnings())
                .containsExactly(new CopyWarning(
                        CopyWarning.Kind.NO_MATCH, "no file of stage 'build' matches '*.jar', nothing is copied"));
    }

    @Test
    void inlineFilesArePartOfTheRequest() throws IOException {
        var inline = new CopySource.Inline(ByteString.of("EOF"), ByteString.of("x"));
        assertThat(CopyReads.of(request(List.of(inline))).reads()).isEmpty();
    }

    @Test
    void ignoredSourceIsNotFoundAndTheFileThatSaysSoIsNamed(@TempDir Path root) throws IOException {
        Files.writeString(root.resolve("secret"), "");
        var patterns = IgnorePatterns.parse("app.dockerignore", new byte[] {'s', '*'});
        try (BuildContext context = BuildContext.open(ByteString.of(root.toString()), patterns, DigestMemo.none())) {
            var tree = new SourceTree("the build context", context, context);
            var source = new CopySource.InTree(tree, ByteString.of("secret"));
            assertThatThrownBy(() -> CopyReads.of(request(List.of(source))))
                    .isInstanceOf(CopyException.class)
                    .hasMessage("'/secret' not found in the build context; app.dockerignore leaves it out");
        }
    }

    @Test
    void hardLinksOfAContextStayLinks(@TempDir Path root) throws IOException {
        Path first = Files.writeString(Files.createDirectory(root.resolve("d")).resolve("z"), "text");
        Files.createLink(root.resolve("d/a"), first);
        Files.writeString(root.resolve("d/c"), "text");
        try (BuildContext context =
                BuildContext.open(ByteString.of(root.toString()), IgnorePatterns.NONE, DigestMemo.none())) {
            var tree = new SourceTree("the build context", context, context);
            var request = request(List.of(new CopySource.InTree(tree, ByteString.of("."))));
            assertThat(TreeText.describe(CopyPlan.of(request, TreeText.of("").merged(), TreeText.SPACE)))
                    .anyMatch(line -> line.equals("h d/z d/a"))
                    .anyMatch(line -> line.startsWith("f 644 0:0 d/c text"));
        }
    }

    private static CopyReads reads(String tree, String... paths) throws IOException {
        SourceTree source = TreeText.of(tree).source();
        return CopyReads.of(request(List.of(paths).stream()
                .<CopySource>map(path -> new CopySource.InTree(source, ByteString.of(path)))
                .toList()));
    }

    private static CopyRequest request(List<CopySource> sources) {
        return new CopyRequest(sources, ByteString.of("/"), ByteString.of("/"), CopyRules.PLAIN, Timestamp.EPOCH);
    }
}
