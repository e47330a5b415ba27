package dev.jbuild.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Operation.Source;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.Platform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddedSourcesTest {
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final String DIGEST = "sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

    @Test
    void downloadsAreStepsOfTheirOwn() throws Exception {
        BuildDefinition definition = define("""
                FROM scratch
                ARG V=1
                ADD --checksum=%s https://h/a-$V.tgz /x/
                """.formatted(DIGEST));

        var copy = (Operation.Copy) definition.root().operation();
        var source = (Source.OneFile) copy.sources().getFirst();
        assertThat(source.name()).isEqualTo("a-1.tgz");
        assertThat(source.unpack()).isFalse();
        Vertex download = source.vertex();
        assertThat(download.label().name()).isEqualTo("https://h/a-1.tgz");
        assertThat(((Operation.Download) download.operation()).checksum()).hasToString(DIGEST);
        assertThat(definition.image().history().getLast())
                .isEqualTo(new HistoryLine.Made("ADD https://h/a-1.tgz /x/ # buildkit", definition.root()));
    }

    @Test
    void unpackOfDownloadsHasToBeAskedFor() throws Exception {
        assertThat(unpacked("")).containsExactly(true, false);
        assertThat(unpacked("--unpack")).containsExactly(true, true);
        assertThat(unpacked("--unpack=false")).containsExactly(false, false);
    }

    private static List<Boolean> unpacked(String flag) throws Exception {
        var copy = (Operation.Copy)
                define("FROM scratch\nADD " + flag + " a http://h/b /\n").root().operation();
        return List.of(copy.options().unpack(), ((Source.OneFile) copy.sources().getLast()).unpack());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--checksum=@ http://h/a http://h/b /c/ | 2:16 | checksum can't be specified for multiple sources",
                "--checksum=@ a /c/ | 2:16 | checksum requires HTTP(S) or Git sources",
                "--checksum=sha256:12 http://h/a / | 2:16 | invalid checksum 'sha256:12': not 64 lower-case hex digits: '12'",
                "--checksum=md5:12 http://h/a / | 2:16 | invalid checksum 'md5:12': unknown digest algorithm 'md5'",
                "--checksum=x http://h/a / | 2:16 | invalid checksum 'x': not a digest: 'x'",
                "http:///a / | 2:1 | invalid URL 'http:///a'",
                "--checksum=x https://h/r.git / | 2:1 | invalid checksum x for Git source, expected hex commit hash",
                "--checksum=a https://h/r.git?checksum=b / | 2:1 | checksum mismatch \"a\" != \"b\"",
                "--keep-git-dir https://h/r.git?keep-git-dir=0 / | 2:1 | inconsistent keep-git-dir configuration",
                "https://h/r.git?ref=x#y / | 2:1 | ref conflicts: \"y\" vs \"x\"",
                "https://h/r.git#-u / | 2:1 | invalid git ref '-u'",
            })
    void whatCannotBeMeantIsSaidWithItsPlace(String rest, String place, String message) {
        assertThatThrownBy(() -> define("FROM scratch\nADD " + rest.replace("@", DIGEST) + "\n"))
                .isInstanceOfSatisfying(DockerfileException.class, failure -> {
                    var problem = failure.diagnostics().getFirst();
                    assertThat(problem.message()).startsWith(message);
                    assertThat(problem.range().startLine() + ":"
                                    + (problem.range().startColumn()))
                            .isEqualTo(place);
                });
    }

    @Test
    void repositoriesAreStepsOfTheirOwnAndGiveAllTheyHold() throws Exception {
        BuildDefinition definition = define("""
                FROM scratch
                ARG V=1
                ADD --keep-git-dir --checksum=abc https://u:p@h/r.git?submodules=0#v$V:d /x/
                """);

        var copy = (Operation.Copy) definition.root().operation();
        var source = (Source.FromVertex) copy.sources().getFirst();
        assertThat(source.pattern()).isEqualTo("/");
        assertThat(source.vertex().label().name()).isEqualTo("https://u:xxxxx@h/r.git#v1:d");
        var reference = ((Operation.GitCheckout) source.vertex().operation()).reference();
        assertThat(reference.ref()).isEqualTo("v1");
        assertThat(reference.checksum()).isEqualTo("abc");
        assertThat(reference.keepsGitDirectory()).isTrue();
        assertThat(reference.submodules()).isFalse();
    }

    @Test
    void emptyChecksumIsNone() throws Exception {
        BuildDefinition definition = define("FROM scratch\nARG C\nADD --checksum=$C http://h/a http://h/b /c/\n");
        assertThat(definition.root().inputs()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/a, source can't be a URL for COPY",
        "https://h/a.git, source can't be a git ref for COPY",
        "git@h:a, source can't be a git ref for COPY",
    })
    void copyTakesNothingRemote(String source, String message) {
        assertThatThrownBy(() -> define("FROM scratch\nCOPY " + source + " /\n"))
                .isInstanceOf(DockerfileException.class)
                .hasMessageContaining(message);
    }

    private static BuildDefinition define(String dockerfile) throws Exception {
        return Frontend.define(
                Dockerfile.parse(new SourceFile("Dockerfile", dockerfile)),
                new FrontendOptions(null, Map.of(), Map.of(), AMD64, AMD64, FreshStages.NONE),
                new FakeImages());
    }
}
