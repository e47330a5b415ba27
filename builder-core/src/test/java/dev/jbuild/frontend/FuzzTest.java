package dev.jbuild.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.context.ContextException;
import dev.jbuild.context.FileGlob;
import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.dockerfile.AstDump;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.Examination;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.linux.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Reads what nobody would write: pieces of the language in any order, and files that were in order before single
/// characters were changed. Only the exceptions that each reader declares may come out.
///
/// `-Djbuild.fuzz.count=10000000 -Djbuild.fuzz.seed=1` runs more of them.
class FuzzTest {
    private static final int SAMPLE = 20_000;

    private static final String[] LINES = {
        "FROM a AS b",
        "# escape=`",
        "# syntax=a/b",
        "# check=skip=x",
        "# c",
        "RUN a",
        "RUN <<EOF",
        "RUN 3<<-\"E F\" b",
        "COPY <<A <<B /x/",
        "ADD --checksum=a [\"b\", \"c\"]",
        "COPY --from=a --link b c",
        "CMD [\"a\", 1]",
        "CMD []",
        "RUN --mount=type=cache,\"target=/a,b\" x",
        "RUN --device=a,required",
        "RUN --mount=type=bind,from=a,source=/b,target=/c,rw --mount=type=tmpfs,size=1k,dst=d x",
        "RUN --mount=type=secret,id=a,mode=0400,env=B --network=none --security=insecure x",
        "ADD https://a.b/c.tgz https://a.b/c.git?ref=d#e:f git@a:b.git /c/",
        "ENV a=b c=\"d e\" f='g'",
        "ENV a b c",
        "LABEL a",
        "ARG a b=c",
        "HEALTHCHECK --interval=1.5s CMD a",
        "HEALTHCHECK NONE",
        "ONBUILD RUN <<EOF",
        "ONBUILD ONBUILD ONBUILD x",
        "EXPOSE 80 $P",
        "VOLUME [\"\"]",
        "SHELL [\"a\"]",
        "USER ${a:-${b:-c}}",
        "EOF",
        "A",
        "\tE F",
        "STOPSIGNAL --x 9",
        "WORKDIR \"/a b\"",
        "MAINTAINER x",
        "FOO bar",
        "",
    };

    private static final String[] PIECES = {
        " ",
        "\t",
        "\\",
        "\\\n",
        "\n",
        "\r\n",
        "`",
        "\"",
        "'",
        "$",
        "${",
        "}",
        "{",
        "[",
        "]",
        ",",
        "=",
        "#",
        "--",
        "<<",
        "<<-",
        "EOF",
        "a",
        "FOO",
        "NONE",
        "\u00A0",
        "\u2003",
        "\0",
        "\uFEFF",
        "\u65E5",
        "\uD83D\uDE00",
        ":-",
        ":?",
        "+",
        "##",
        "%%",
        "/",
        "//",
        "*",
        "?",
        "**",
        "!",
        "^",
        "-",
        "1",
        "x y",
        "\\u00e9",
        "\u000B",
        "|",
        ".",
        "[^a-b]",
        "[:alpha:]",
        "{2}",
        "{0,3}",
        "\\d",
        "\\Q",
        "\\E",
        "\\pL",
        "\\x4",
        "\\b",
    };

    private Random random = new Random(Long.getLong("jbuild.fuzz.seed", 1));
    private final Map<String, String> variables =
            new HashMap<>(Map.of("a", "b*?c", "FOO", "x y", "P", "1 \\ $a", "e", ""));

    /// @param arguments seed and count
    public static void main(String... arguments) {
        var test = new FuzzTest();
        test.random = new Random(Long.parseLong(arguments[0]));
        test.run(Long.parseLong(arguments[1]));
        System.out.println("read " + arguments[1] + " inputs with seed " + arguments[0]);
    }

    @Test
    void onlyDeclaredExceptionsComeOut() {
        var count = Long.getLong("jbuild.fuzz.count", SAMPLE);
        run(count);
        System.out.println("FuzzTest: " + count + " inputs, seed " + Long.getLong("jbuild.fuzz.seed", 1));
    }

    private void run(long count) {
        for (long i = 0; i < count; i++) {
            var kind = random.nextInt(8);
            var text = kind < 2 ? file() : pieces(1 + random.nextInt(8));
            try {
                switch (kind) {
                    case 0, 1 -> readFile(text);
                    case 2, 3, 4 -> readWord(text);
                    case 5 -> readIgnoreFile(text);
                    default -> readGlob(text);
                }
            } catch (RuntimeException | StackOverflowError | AssertionError found) {
                throw new AssertionError("input " + i + ": " + text, found);
            }
        }
    }

    private String file() {
        var text = new StringBuilder(random.nextBoolean() ? "FROM a\n" : "");
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(LINES[random.nextInt(LINES.length)]).append(random.nextInt(20) == 0 ? "\r\n" : "\n");
        }
        for (int i = random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> text.deleteCharAt(at);
                default -> text.setCharAt(at, PIECES[random.nextInt(PIECES.length)].charAt(0));
            }
        }
        return text.toString();
    }

    private String pieces(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static void readFile(String text) {
        try {
            var source = SourceFile.of("Dockerfile", text.getBytes(StandardCharsets.UTF_8));
            var examination = Examination.of(source);
            AstDump.of(examination.tree());
            var lines = source.text().lines().count() + 1;
            for (var diagnostic : examination.diagnostics()) {
                assertThat((long) diagnostic.range().endLine()).isLessThanOrEqualTo(lines);
                assertThat(diagnostic.render(source)).isNotEmpty();
            }
        } catch (DockerfileException refused) {
            assertThat(refused.render()).isNotEmpty();
        }
    }

    private void readWord(String text) {
        try {
            var word = Word.parse(text, random.nextInt(8) == 0 ? '`' : '\\');
            var expander = new WordExpander(variables::get, random.nextInt(8) == 0, random.nextInt(8) == 0);
            assertThat(expander.expand(word)).isNotNull();
            assertThat(expander.expandToWords(word)).doesNotContain("");
        } catch (DockerfileException | ExpansionException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    private void readIgnoreFile(String text) {
        try {
            var patterns = IgnorePatterns.parse("x", text.getBytes(StandardCharsets.UTF_8));
            var path = ByteString.of("a/b.c/" + pieces(1));
            patterns.excludes(path);
            patterns.couldIncludeBelow(path, patterns.judge(path, IgnorePatterns.Verdict.ROOT));
        } catch (ContextException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    private void readGlob(String text) {
        try {
            var path = ByteString.of(pieces(2));
            var glob = FileGlob.compile(ByteString.of(text));
            glob.matches(path);
            glob.couldMatchBelow(path);
            FileGlob.matches(ByteString.of(text), path);
            IgnorePatterns.of(List.of(ByteString.of(text))).excludes(path);
        } catch (ContextException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }
}
