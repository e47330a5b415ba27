package dev.jbuild.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.git.GitReference;
import dev.jbuild.graph.Operation.CopyOptions;
import dev.jbuild.graph.Operation.EnvironmentVariable;
import dev.jbuild.graph.Operation.Source;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.OciJson;
import dev.jbuild.remote.FileAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is in the golden file is in the keys of everybody's store: it may grow, but a line must never change.
class OperationJsonTest {
    private static final Path GOLDEN = Path.of(System.getProperty("jbuild.testdata"), "graph/operations.json");

    @Test
    void everyOperationIsSpelledAsItAlwaysWas() throws Exception {
        var run = new Operation.Run(
                List.of("/bin/sh", "-c", "make"),
                List.of(new EnvironmentVariable("B", "2"), new EnvironmentVariable("A", "1")),
                "/src",
                "user:group",
                List.of(new EnvironmentVariable("http_proxy", "never in a key")),
                null,
                List.of(),
                Confinement.DEFAULT);
        var script = new Operation.Run(
                List.of("/dev/pipes/EOF"),
                List.of(),
                "/",
                "",
                List.of(),
                new Operation.Script("EOF", "#!/bin/sh\n"),
                List.of(),
                Confinement.DEFAULT);
        var vertex = Vertex.of(new Operation.Directory("any"), null, new Label("", "any", null, Map.of(), false));
        var copy = new Operation.Copy(
                List.of(
                        new Source.FromContext("never in a key", "a*"),
                        new Source.FromVertex(vertex, "/b"),
                        new Source.Inline("c", "text")),
                "dest/",
                "/w",
                new CopyOptions("1:2", "u=rwX", true, false, List.of(), null),
                null);
        var plain = new Operation.Copy(List.of(new Source.FromContext("", "a")), "/", "/", CopyOptions.PLAIN, null);
        var flags = new Operation.Copy(
                List.of(new Source.FromContext("", "a/./**/b")),
                "/d/",
                "/",
                new CopyOptions(null, null, false, true, List.of("*.md", "!README.md"), null),
                vertex);
        var dated = new Operation.Copy(
                plain.sources(), "/", "/", CopyOptions.PLAIN.withCreated(Instant.ofEpochSecond(1_700_000_000)), null);
        var lines = new StringBuilder();
        for (Operation operation : List.of(
                run,
                script,
                copy,
                plain,
                new Operation.MakeDirectory("/w", "me", null),
                new Operation.Directory("any"),
                confined(vertex),
                flags,
                new Operation.Stack(vertex),
                new Operation.MakeDirectory("/w", "", Instant.ofEpochSecond(1_700_000_000)),
                DOWNLOAD,
                added(vertex),
                dated,
                git("https://user:never@in.a.key/r.git#never"),
                git("git://h/r?subdir=a/b&keep-git-dir&submodules=0&mtime=checkout&checksum=ab"))) {
            lines.append(new String(OciJson.print(OperationJson.encode(operation)), StandardCharsets.UTF_8))
                    .append('\n');
        }
        if ("update".equals(System.getProperty("jbuild.golden"))) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, lines);
        }
        assertThat(GOLDEN).hasContent(lines.toString());
    }

    /// Neither the address nor the checksum is spelled: the content is read.
    private static final Operation DOWNLOAD = new Operation.Download(
            FileAddress.parse("https://user:never@in.a.key/a%20b?never=too"),
            Digest.ofBytes(new byte[] {'n', 'e', 'v', 'e', 'r'}));

    private static Operation git(String text) {
        return new Operation.GitCheckout(GitReference.parse(text));
    }

    private static Operation added(Vertex vertex) {
        return new Operation.Copy(
                List.of(new Source.OneFile(vertex, "a*", false), new Source.OneFile(vertex, "b.tgz", true)),
                "/d/",
                "/",
                new CopyOptions(null, null, true, false, List.of(), null),
                null);
    }

    private static Operation confined(Vertex vertex) {
        var access = new Mount.FileAccess(0400, 1, 2);
        return new Operation.Run(
                List.of("make"),
                List.of(),
                "/",
                "",
                List.of(),
                null,
                List.of(
                        new Mount.Bind(new Mount.Tree.OfVertex(vertex), "/a", "/b", true),
                        new Mount.Cache("id", new Mount.Tree.Empty(), "/", "/c", Mount.Sharing.LOCKED, true, access),
                        new Mount.Tmpfs("/d", 64L),
                        new Mount.Secret("token", "/e", "TOKEN", true, access),
                        new Mount.Ssh("default", "/f", false, access)),
                new Confinement(
                        Confinement.Network.NONE,
                        Confinement.Security.INSECURE,
                        List.of(new Confinement.Device("vendor/class=all", true))));
    }

    @Test
    void verticesAreEqualWhenTheirWorkIsTheSame() {
        Vertex one = copyFrom("", "a");
        assertThat(one).isEqualTo(copyFrom("", "a")).hasSameHashCodeAs(copyFrom("", "a"));
        assertThat(one).isNotEqualTo(copyFrom("other", "a"));
        assertThat(one).isNotEqualTo(copyFrom("", "b"));
    }

    @Test
    void downloadsOfOneNameFromTwoPlacesAreTwo() {
        Vertex one = download("https://one/a", null);
        assertThat(one).isEqualTo(download("https://one/a#fragment", null));
        assertThat(one).isNotEqualTo(download("https://two/a", null));
        assertThat(one).isNotEqualTo(download("https://user:password@one/a", null));
        assertThat(one).isNotEqualTo(download("https://one/a", Digest.ofBytes(new byte[0])));
    }

    @Test
    void checkoutsOfTwoRefsAreTwo() {
        Vertex one = checkout("https://h/r.git#a");
        assertThat(one).isEqualTo(checkout("https://h/r.git?ref=a"));
        assertThat(one).isNotEqualTo(checkout("https://h/r.git#b"));
        assertThat(one).isNotEqualTo(checkout("https://h/r.git?checksum=ab#a"));
        assertThat(checkout("https://u:p@h/r.git")).isNotEqualTo(checkout("https://u:q@h/r.git"));
    }

    private static Vertex checkout(String text) {
        return Vertex.of(git(text), null, new Label("", "git", null, Map.of(), false));
    }

    private static Vertex download(String url, Digest checksum) {
        return Vertex.of(
                new Operation.Download(FileAddress.parse(url), checksum),
                null,
                new Label("", "download", null, Map.of(), false));
    }

    private static Vertex copyFrom(String context, String pattern) {
        var copy = new Operation.Copy(
                List.of(new Source.FromContext(context, pattern)), "/", "/", CopyOptions.PLAIN, null);
        return Vertex.of(copy, null, new Label("", "COPY", null, Map.of(), false));
    }
}
