package dev.jbuild.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileTest {
    private static Dockerfile parse(String text) {
        return Dockerfile.parse(new SourceFile("Dockerfile", text));
    }

    private static Instruction only(String text) {
        return parse("FROM a\n" + text).stages().getFirst().instructions().getFirst();
    }

    @Test
    void byteOrderMarkAndCarriageReturnsAreNoText() {
        var bytes = "\uFEFFFROM a AS b\r\nRUN c \\\r\n d\r\n".getBytes(StandardCharsets.UTF_8);
        var stage =
                Dockerfile.parse(SourceFile.of("Dockerfile", bytes)).stages().getFirst();
        assertThat(stage.from().range()).isEqualTo(new SourceRange(1, 1, 1, 12));
        assertThat(stage.instructions().getFirst().text()).isEqualTo("RUN c  d");
        assertThat(stage.instructions().getFirst().range()).isEqualTo(new SourceRange(2, 1, 3, 3));
    }

    @Test
    void placesReachThroughContinuationLines() {
        var env = (Instruction.Env) only("ENV A=1 \\\n  # comment\n\n  B=\u00E4${c} \\\n  D=\n");
        var value = env.bindings().get(1).value();
        assertThat(value.range()).isEqualTo(new SourceRange(5, 5, 5, 10));
        assertThat(((Word.Variable) value.parts().get(1)).range()).isEqualTo(new SourceRange(5, 6, 5, 10));
        assertThat(env.bindings().get(2).value().range()).isEqualTo(new SourceRange(6, 5, 6, 5));
        assertThat(env.range()).isEqualTo(new SourceRange(2, 1, 6, 5));
    }

    @Test
    void placesReachThroughJsonEscapes() {
        var copy = (Instruction.Copy) only("COPY [\"a\\u0041\\n${b}\", \"/c\"]\n");
        var word = ((Instruction.FileSource.Path) copy.sources().getFirst()).word();
        assertThat(word.text()).isEqualTo("aA\n${b}");
        assertThat(((Word.Variable) word.parts().get(1)).range()).isEqualTo(new SourceRange(2, 17, 2, 21));
    }

    @Test
    void placesReachIntoHeredocs() {
        var copy = (Instruction.Copy) only("COPY <<-E <<'F' /d/\n\tx $y\n\tE\n$z\nF\n");
        var first = ((Instruction.FileSource.Inline) copy.sources().getFirst()).heredoc();
        assertThat(first.content()).isEqualTo("\tx $y\n");
        assertThat(first.text()).isEqualTo("x $y\n");
        assertThat(first.body().text()).isEqualTo("x $y\n");
        assertThat(((Word.Variable) first.body().parts().get(1)).range()).isEqualTo(new SourceRange(3, 4, 3, 6));
        var second = ((Instruction.FileSource.Inline) copy.sources().getLast()).heredoc();
        assertThat(second.expand()).isFalse();
        assertThat(second.body()).isNull();
        assertThat(second.content()).isEqualTo("$z\n");
        assertThat(copy.destination().text()).isEqualTo("/d/");
        assertThat(copy.range()).isEqualTo(new SourceRange(2, 1, 6, 2));
    }

    @Test
    void heredocBodyKeepsQuotesAndEscapes() {
        var copy = (Instruction.Copy) only("COPY <<E /x\n\"a\\n\" '$b' \\$c \\\\\nE\n");
        var body = ((Instruction.FileSource.Inline) copy.sources().getFirst())
                .heredoc()
                .body();
        assertThat(body.parts())
                .contains(new Word.Literal("\"a\\n\" '"), new Word.Escaped('\\', "$"), new Word.Escaped('\\', "\\"));
    }

    @Test
    void scriptIsAnOpeningWordAlone() {
        assertThat(shell("RUN <<EOF\nx\nEOF\n").isScript()).isTrue();
        assertThat(shell("RUN <<EOF bash\nx\nEOF\n").isScript()).isFalse();
        assertThat(shell("RUN 3<<-\"E F\" cat\nx\n\tE F\n").heredocs().getFirst())
                .extracting(Heredoc::name, Heredoc::opening, Heredoc::chomp, Heredoc::fileDescriptor)
                .containsExactly("E F", "3<<-\"E F\"", true, 3);
    }

    @Test
    void operatorOpensNothing() {
        for (var line : List.of("echo $((1<<2))", "cat <<<x", "echo '<<E'", "echo \\<<E", "a <<-")) {
            assertThat(shell("RUN " + line + "\n")).isEqualTo(new Command.Shell(line, List.of()));
        }
        for (var line : List.of("cat << E", "cat << 'E'", "cat <<E", "cat 2<<\"E\" > f")) {
            assertThat(shell("RUN " + line + "\nx\nE\n").heredocs()).hasSize(1);
        }
    }

    private static Command.Shell shell(String text) {
        return (Command.Shell) ((Instruction.Run) only(text)).command();
    }

    private static List<String> options(RunMount mount) {
        return mount.options().stream()
                .map(option -> option.key().value()
                        + (option.value() == null ? "" : "=" + option.value().text()))
                .toList();
    }

    @Test
    void runFlagsAreTakenApart() {
        var run = (Instruction.Run)
                only(
                        "RUN --mount=type=cache,target=$HOME/x,ro --mount=dst=/y,\"src=a b\" --network=none --device=v/c=d true\n");
        assertThat(options(run.mounts().getFirst())).containsExactly("type=cache", "target=$HOME/x", "ro");
        assertThat(options(run.mounts().getLast())).containsExactly("dst=/y", "src=a b");
        assertThat(run.network().value()).isEqualTo("none");
        assertThat(run.security()).isNull();
        assertThat(run.devices()).extracting(Text::value).containsExactly("v/c=d");
    }

    @Test
    void copyAndAddFlagsAreTakenApart() {
        var copy = (Instruction.Copy)
                only("COPY --from=b --chown=\"$u\" --chmod=755 --link --parents=false --exclude=*.a a c\n");
        assertThat(copy.from().value()).isEqualTo("b");
        assertThat(copy.parents()).isFalse();
        assertThat(copy.flags().link()).isTrue();
        assertThat(copy.flags().owner().text()).isEqualTo("$u");
        assertThat(copy.flags().owner().range()).isEqualTo(new SourceRange(2, 24, 2, 26));
        assertThat(copy.flags().excludes()).extracting(Text::value).containsExactly("*.a");
        var add = (Instruction.Add) only("ADD --unpack=false --keep-git-dir --checksum=sha256:a -- --b c\n");
        assertThat(add.unpack()).isFalse();
        assertThat(add.keepGitDir()).isTrue();
        assertThat(add.checksum().text()).isEqualTo("sha256:a");
        assertThat(((Instruction.FileSource.Path) add.sources().getFirst())
                        .word()
                        .text())
                .isEqualTo("--b");
    }

    @Test
    void healthcheckTimesAreDurations() {
        var check = (Instruction.Healthcheck) only("HEALTHCHECK --interval=1m30.5s --timeout=0 --retries=2 CMD a\n");
        assertThat(check.timing().interval()).isEqualTo(Duration.ofMillis(90_500));
        assertThat(check.timing().timeout()).isEqualTo(Duration.ZERO);
        assertThat(check.timing().startPeriod()).isNull();
        assertThat(check.timing().retries()).isEqualTo(2);
        assertThat(check.command()).isEqualTo(new Command.Shell("a", List.of()));
        assertThat(((Instruction.Healthcheck) only("HEALTHCHECK none\n")).command())
                .isNull();
    }

    @Test
    void commentAboveBelongsToTheInstructionAndAnEmptyOneBeginsItAnew() {
        var file = parse("# lost\n\n# builds\n# all\nFROM a\n# old\n#\n# new\nRUN b\n");
        var stage = file.stages().getFirst();
        assertThat(stage.from().origin().comment()).containsExactly("lost", "builds", "all");
        assertThat(stage.instructions().getFirst().origin().comment()).containsExactly("new");
    }

    @Test
    void triggerIsTextThatParsesAlone() {
        var onBuild = (Instruction.OnBuild) only("ONBUILD  COPY \\\n --from=x <<E /d\nhi $V\nE\n");
        assertThat(onBuild.trigger()).isEqualTo("COPY  --from=x <<E /d\nhi $V\nE");
        var trigger = Dockerfile.parseTrigger(new SourceFile("trigger of image x", onBuild.trigger()));
        assertThat(trigger)
                .isInstanceOfSatisfying(
                        Instruction.Copy.class,
                        copy -> assertThat(copy.from().value()).isEqualTo("x"));
        assertThatThrownBy(() -> Dockerfile.parseTrigger(new SourceFile("trigger of image x", "FROM y")))
                .hasMessage("trigger of image x:1:1: FROM cannot be a trigger of ONBUILD");
    }

    @Test
    void backquoteEscapesWhenTheFileSaysSo() {
        var file = parse("# escape=`\nFROM a\nENV A=c:\\b`\n\\d B=`$x\n");
        var env = (Instruction.Env) file.stages().getFirst().instructions().getFirst();
        assertThat(file.directives().escape()).isEqualTo('`');
        assertThat(env.bindings().getFirst().value().literal()).isEqualTo("c:\\b\\d");
        assertThat(env.bindings().getLast().value().parts())
                .containsExactly(new Word.Escaped('`', "$"), new Word.Literal("x"));
    }

    @Test
    void stagesHoldWhatFollowsTheirFrom() {
        var file = parse("ARG G=1\nFROM --platform=$P a AS B\nRUN x\nFROM b\n");
        assertThat(file.globalArgs()).hasSize(1);
        assertThat(file.stages()).hasSize(2);
        assertThat(file.stages().getFirst().from().name()).isEqualTo("b");
        assertThat(file.stages().getFirst().from().alias().name().value()).isEqualTo("B");
        assertThat(file.stages().getFirst().instructions()).hasSize(1);
        assertThat(file.stages().getLast().instructions()).isEmpty();
    }

    @Test
    void aWideBlankEndsAFlagAndLeavesItsFirstByteThere() {
        assertThatThrownBy(() -> parse("FROM a\nCOPY --link\u00a0 b c\n"))
                .isInstanceOf(DockerfileException.class)
                .hasMessageContaining("unknown flag --link\u00c2");
        assertThatThrownBy(() -> parse("FROM a\nCOPY --\u0085b c\n")).hasMessageContaining("unknown flag --\u00c2");
        assertThatThrownBy(() -> parse("FROM a\nHEALTHCHECK --interval=1s\u00a0CMD b\n"))
                .hasMessageContaining("not '1s\u00c2'");
    }

    @Test
    void aWideBlankEndsTheTypeOfAHealthcheck() {
        assertThatThrownBy(() -> parse("FROM a\nHEALTHCHECK CMD\u00a0b c\n"))
                .hasMessageContaining("unknown check 'CMD'");
    }
}
