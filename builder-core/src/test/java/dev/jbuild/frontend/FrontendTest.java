package dev.jbuild.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.ContainerConfig;
import dev.jbuild.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontendTest {
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private final FakeImages images = new FakeImages();

    @Test
    void configAndHistoryAreThoseOfBuildKit() throws Exception {
        BuildDefinition definition = define("""
                FROM alpine
                ARG V=1
                ENV A=b
                RUN echo $V
                COPY --chown=1:1 a /x/
                WORKDIR /w
                CMD echo hi
                ENTRYPOINT ["/e"]
                """);

        assertThat(history(definition))
                .containsExactly(
                        "base",
                        "ARG V=1",
                        "ENV A=b",
                        "RUN |1 V=1 /bin/sh -c echo $V # buildkit",
                        "COPY --chown=1:1 a /x/ # buildkit",
                        "WORKDIR /w",
                        "CMD [\"/bin/sh\" \"-c\" \"echo hi\"]",
                        "ENTRYPOINT [\"/e\"]");
        ContainerConfig container = definition.image().container();
        assertThat(container.env()).containsExactly("PATH=" + Base.DEFAULT_PATH, "A=b");
        assertThat(container.workingDir()).isEqualTo("/w");
        assertThat(container.cmd()).containsExactly("/bin/sh", "-c", "echo hi");
        assertThat(container.entrypoint()).containsExactly("/e");
        assertThat(container.argsEscaped()).isTrue();
    }

    @Test
    void onlyStagesThatTheTargetReachesAreResolved() throws Exception {
        define("""
                FROM one AS unused
                RUN exit 1
                FROM two AS build
                FROM three
                COPY --from=build /a /b
                """);

        assertThat(images.asked).containsExactly("two", "three");
    }

    @Test
    void argBeforeFromIsSeenInAStageOnlyWhenDeclaredThere() throws Exception {
        BuildDefinition definition = define("""
                ARG TAG=1.2
                FROM base:$TAG
                ARG TAG
                ARG OTHER
                RUN x ${TAG} $OTHER
                LABEL v="${TAG:-none}" o="${OTHER:-none}" p=${MISSING-dash}
                """);

        assertThat(images.asked).containsExactly("base:1.2");
        assertThat(definition.image().container().labels()).isEqualTo(Map.of("v", "1.2", "o", "none", "p", "dash"));
        assertThat(environment(definition.root())).contains("TAG=1.2").noneMatch(each -> each.startsWith("OTHER"));
    }

    @Test
    void oneLineSeesTheVariablesOfTheLinesBeforeIt() throws Exception {
        BuildDefinition definition = define("""
                FROM scratch
                ENV a=old
                ENV a=new b=$a
                ENV c=$a
                """);

        assertThat(definition.image().container().env()).contains("a=new", "b=old", "c=new");
        assertThat(definition.root()).isNull();
    }

    @Test
    void linkedCopyStandsOnNothingAndIsStackedOnTheStage() throws Exception {
        BuildDefinition definition = define("""
                FROM alpine
                WORKDIR /w
                COPY --link --chown=1:2 --exclude=*.md a b/
                COPY --link --chown=me a b/
                """);

        Vertex named = definition.root();
        Vertex numeric = named.base();
        assertThat(numeric.base().operation()).isEqualTo(new Operation.MakeDirectory("/w", "", null));
        Vertex linked = ((Operation.Stack) numeric.operation()).top();
        assertThat(linked.base()).isNull();
        assertThat(linked.label().name()).isEqualTo("[3/4] LINK COPY a b/");
        var copy = (Operation.Copy) linked.operation();
        assertThat(copy.options())
                .isEqualTo(new Operation.CopyOptions("1:2", null, false, false, List.of("*.md"), null));
        assertThat(copy.accounts()).isNull();
        assertThat(linked.inputs()).isEmpty();
        Vertex looksUp = ((Operation.Stack) named.operation()).top();
        assertThat(looksUp.inputs()).containsExactly(numeric);
        assertThat(history(definition)).endsWith("COPY --chown=1:2 a b/ # buildkit", "COPY --chown=me a b/ # buildkit");
    }

    @Test
    void flagsThatChangeWhatIsCopiedAreInTheHistory() throws Exception {
        BuildDefinition definition = define("""
                FROM alpine
                COPY --link --parents --chmod=u=rwX --chown=1 --exclude=x a <<EOF /b/
                text
                EOF
                """);

        assertThat(history(definition)).endsWith("COPY --parents --chown=1 --chmod=u=rwX a <<EOF /b/ # buildkit");
    }

    @Test
    void patternsThatCannotBeReadAreShown() {
        assertThatThrownBy(() -> define("FROM alpine\nCOPY --exclude=[ a b\n"))
                .isInstanceOf(DockerfileException.class)
                .hasMessageContaining("'[' without ']' in '['");
    }

    @Test
    void aStageInheritsFromAnEarlierStage() throws Exception {
        BuildDefinition definition = define("""
                FROM alpine AS first
                ARG V=1
                ENV E=e
                WORKDIR /w
                USER me
                ONBUILD RUN triggered $V
                FROM first
                RUN own
                """);

        Vertex own = definition.root();
        assertThat(arguments(own)).containsExactly("/bin/sh", "-c", "own");
        assertThat(arguments(own.base())).containsExactly("/bin/sh", "-c", "triggered $V");
        assertThat(environment(own)).contains("V=1", "E=e");
        assertThat(((Operation.Run) own.operation()).user()).isEqualTo("me");
        assertThat(((Operation.Run) own.operation()).directory()).isEqualTo("/w");
        assertThat(definition.image().container().onBuild()).isEmpty();
        assertThat(own.label().name()).isEqualTo("[stage-1 2/2] RUN own");
    }

    @Test
    void settingAnEntrypointClearsTheCommandOfTheBase() throws Exception {
        images.with(
                "app", ContainerConfig.EMPTY.toBuilder().cmd(List.of("base")).build());

        assertThat(define("FROM app\nENTRYPOINT [\"e\"]\n").image().container().cmd())
                .isEmpty();
        assertThat(define("FROM app\nCMD [\"own\"]\nENTRYPOINT [\"e\"]\n")
                        .image()
                        .container()
                        .cmd())
                .containsExactly("own");
    }

    @Test
    void heredocsBecomeCommandsScriptsAndFiles() throws Exception {
        BuildDefinition definition = define("""
                FROM alpine
                ARG V=1
                RUN <<EOF
                echo $V
                EOF
                RUN <<EOF
                #!/usr/bin/env python
                print()
                EOF
                RUN cat <<A > /x
                text
                A
                COPY <<F /etc/f
                v=$V \\$V "q"
                F
                """);

        Vertex copy = definition.root();
        Vertex complex = copy.base();
        Vertex script = complex.base();
        Vertex plain = script.base();
        assertThat(arguments(plain)).containsExactly("/bin/sh", "-c", "echo $V\n");
        assertThat(arguments(script)).containsExactly("/bin/sh", "-c", "/dev/pipes/EOF");
        assertThat(history(definition)).contains("RUN |1 V=1 /bin/sh -c /dev/pipes/EOF # buildkit");
        assertThat(((Operation.Run) script.operation()).script())
                .isEqualTo(new Operation.Script("EOF", "#!/usr/bin/env python\nprint()\n"));
        assertThat(arguments(complex)).containsExactly("/bin/sh", "-c", "cat <<A > /x\ntext\nA");
        assertThat(((Operation.Copy) copy.operation()).sources())
                .containsExactly(new Operation.Source.Inline("F", "v=1 $V \"q\"\n"));
    }

    @Test
    void everyMistakeOfTheNeededStagesIsReported() {
        assertThatThrownBy(() -> define("""
                        FROM alpine
                        EXPOSE none
                        STOPSIGNAL SIGNOTHING
                        COPY --from=later a b
                        COPY --from=7 a b
                        FROM alpine AS later
                        COPY --from=0 a b
                        """))
                .isInstanceOfSatisfying(
                        DockerfileException.class,
                        problem -> assertThat(problem.diagnostics())
                                .extracting(each -> each.range().startLine() + " " + each.message())
                                .containsExactly(
                                        "2 invalid containerPort: none",
                                        "3 invalid signal: SIGNOTHING",
                                        "4 cannot copy from stage 'later', it needs to be defined before the current stage",
                                        "5 invalid stage index 7"));
    }

    @Test
    void copyMeansTheLastStageOfANameAndFromTheOneAbove() throws Exception {
        BuildDefinition definition = define("""
                FROM alpine AS a
                WORKDIR /first
                FROM a AS b
                FROM alpine AS a
                WORKDIR /second
                FROM b
                COPY --from=a x /
                """);

        Operation.Source.FromVertex source = (Operation.Source.FromVertex)
                ((Operation.Copy) definition.root().operation()).sources().getFirst();
        assertThat(((Operation.MakeDirectory) source.vertex().operation()).path())
                .isEqualTo("/second");
        assertThat(((Operation.MakeDirectory) definition.root().base().operation()).path())
                .isEqualTo("/first");
    }

    @Test
    void copyFromANameThatAStageBelowHasTooIsRefused() {
        assertThatThrownBy(() -> define("""
                        FROM alpine AS a
                        FROM alpine AS b
                        COPY --from=a x /
                        FROM alpine AS A
                        """, "b"))
                .isInstanceOfSatisfying(
                        DockerfileException.class,
                        problem -> assertThat(problem.render())
                                .contains(
                                        "cannot copy from stage 'a', it needs to be defined before the current stage",
                                        "help: of several stages called 'a' the last one is meant,"
                                                + " give each its own name"));
    }

    @Test
    void anUnknownTargetNamesTheStages() {
        assertThatThrownBy(() -> define("FROM a AS dev\nFROM b AS release\n", "prod"))
                .isInstanceOfSatisfying(
                        DockerfileException.class,
                        problem -> assertThat(problem.render())
                                .contains("target stage 'prod' could not be found", "help: stages are: dev, release"));
    }

    @Test
    void stageHasThePlatformItsFromAsksFor() throws Exception {
        BuildDefinition definition = define("""
                ARG P=linux/arm64
                FROM --platform=$P alpine
                FROM --platform=$BUILDPLATFORM alpine AS tools
                FROM --platform=${P}/v8 alpine
                """);

        assertThat(definition.image().platform()).isEqualTo(Platform.parse("linux/arm64"));
    }

    @Test
    void epochIsTheTimeOfAllThatTheBuildMakes() throws Exception {
        BuildDefinition definition = define("ARG SOURCE_DATE_EPOCH=1700000000\nFROM scratch\nWORKDIR /w\n");

        assertThat(definition.image().epoch()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(((Operation.MakeDirectory) definition.root().operation()).created())
                .isEqualTo("2023-11-14T22:13:20Z");
        assertThat(define("ARG SOURCE_DATE_EPOCH=context\nFROM scratch\n")
                        .image()
                        .epoch())
                .isNull();
        assertThatThrownBy(() -> define("ARG SOURCE_DATE_EPOCH=today\nFROM scratch\n"))
                .hasMessage("Dockerfile:2:1: invalid SOURCE_DATE_EPOCH: today");
    }

    @Test
    void everythingWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> define("""
                FROM ${NONE} AS unreached
                FROM --platform=linux/ alpine AS also
                COPY --from=9 a b
                FROM Upper AS broken
                EXPOSE http
                FROM broken
                STOPSIGNAL never
                """))
                .isInstanceOfSatisfying(
                        DockerfileException.class,
                        problem -> assertThat(problem.diagnostics())
                                .extracting(diagnostic -> diagnostic.range().startLine() + " " + diagnostic.message())
                                .containsExactly(
                                        "1 base name (${NONE}) should not be blank",
                                        "2 invalid platform 'linux/': write os/architecture[/variant], such as linux/amd64",
                                        "3 invalid stage index 9",
                                        "4 invalid image reference 'Upper': the repository name must be lower case",
                                        "5 invalid containerPort: http",
                                        "7 invalid signal: never"));
    }

    @Test
    void stageThatNothingNeedsMayCopyFromOneBelow() throws Exception {
        assertThat(define("FROM alpine\nCOPY --from=later x /\nCOPY --from=1 x /\nFROM scratch AS later\n")
                        .root())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "../../y", "/abs"})
    void aHereDocumentThatIsAFileHasAName(String name) {
        assertThatThrownBy(() -> define("FROM scratch\nCOPY <<" + name + " /x/\nt\n" + name + "\n"))
                .hasMessageContaining("2:6: here-document '" + name + "' becomes a file, and that is no name for one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY [\"a\",\"/x\\u0000y\"]", "COPY [\"a\\u0000\",\"/x\"]", "WORKDIR /a\0b", "ENV A=x\0y"})
    void noNameAndNoVariableHasANul(String instruction) {
        assertThatThrownBy(() -> define("FROM scratch\n" + instruction + "\n"))
                .hasMessageContaining("a NUL character, which no file name and no variable can hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUN [\"a\\u0000\"]", "RUN a\0b"})
    void noCommandHasANul(String instruction) {
        assertThatThrownBy(() -> define("FROM scratch\n" + instruction + "\n"))
                .hasMessageContaining("2:1: RUN with a NUL character, which no command can be given");
    }

    private BuildDefinition define(String text) throws Exception {
        return define(text, null);
    }

    private BuildDefinition define(String text, String target) throws Exception {
        var options = new FrontendOptions(target, Map.of(), Map.of(), AMD64, AMD64, FreshStages.NONE);
        return Frontend.define(Dockerfile.parse(new SourceFile("Dockerfile", text)), options, images);
    }

    private static List<String> history(BuildDefinition definition) {
        var lines = new ArrayList<String>();
        for (HistoryLine line : definition.image().history()) {
            lines.add(
                    switch (line) {
                        case HistoryLine.Inherited inherited ->
                            inherited.entry().createdBy();
                        case HistoryLine.Made made -> made.createdBy();
                        case HistoryLine.Told told -> told.createdBy();
                    });
        }
        return lines;
    }

    private static List<String> arguments(Vertex vertex) {
        return ((Operation.Run) vertex.operation()).arguments();
    }

    private static List<String> environment(Vertex vertex) {
        return ((Operation.Run) vertex.operation())
                .environment().stream().map(Object::toString).toList();
    }
}
