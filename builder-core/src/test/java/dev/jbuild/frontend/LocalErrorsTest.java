package dev.jbuild.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.oci.ContainerConfig;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.ImageException;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.ResolvedImage;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong with a file is told at once, before an image is asked for, and once for each mistake.
class LocalErrorsTest {
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private final FakeImages images = new FakeImages();

    @Test
    void whatTheFileShowsIsToldBeforeAnImageIsAskedFor() {
        assertThat(errors("""
                FROM golang AS build
                EXPOSE x
                FROM buidl
                COPY --from=9 a b
                RUN --mount=target=/ x
                STOPSIGNAL y
                COPY --from=build a b
                """))
                .containsExactly(
                        "2: invalid containerPort: x",
                        "4: invalid stage index 9",
                        "5: invalid mount target \"/\"",
                        "6: invalid signal: y");
        assertThat(images.asked).isEmpty();
    }

    @Test
    void mistakesOfEveryKindAreToldTogether() {
        assertThat(errors("""
                ARG A=${B:?no_B}
                ARG C=${A:?no_A}
                FROM scratch
                EXPOSE x
                RUNN make
                ENV X
                WORKDIR ${X:?no_X}
                COPY --from=$Y a b
                VOLUME [""]
                STOPSIGNAL y
                """))
                .containsExactly(
                        "1: B: no_B",
                        "4: invalid containerPort: x",
                        "5: unknown instruction RUNN",
                        "6: ENV needs a value for 'X'",
                        "8: variables are not expanded in --from",
                        "9: VOLUME with an empty path",
                        "10: invalid signal: y");
    }

    @Test
    void mistakeInAVariableIsNotToldAgainWhereItIsUsed() {
        assertThat(errors("FROM scratch\nENV A=${B:?no_B}\nWORKDIR ${A:?no_A}\nEXPOSE $A\nEXPOSE x\n"))
                .containsExactly("2: B: no_B", "5: invalid containerPort: x");
        assertThat(errors("ARG A=${B:?no_B}\nFROM $A\nARG A\nWORKDIR ${A:?no_A}\n"))
                .containsExactly("1: B: no_B");
        assertThat(errors("FROM scratch\nENV A=${B:?must be set}\n"))
                .containsExactly("2: 'be' has no value; each argument has the form name=value");
        assertThat(errors("FROM scratch\nARG A=${B:?must be set}\n")).containsExactly("2: missing '}' in '${B:?must'");
    }

    @Test
    void stagesThatCannotBeReadAreNotMissedElsewhere() {
        assertThat(errors("FROM scratch AS a b\nFROM scratch\nCOPY --from=1 a b\nEXPOSE x\n"))
                .containsExactly(
                        "1: FROM takes an image and perhaps AS and a name; 'b' is neither",
                        "4: invalid containerPort: x");
        assertThat(errors("FORM scratch\nRUN a\nRUN b\n")).containsExactly("1: unknown instruction FORM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WORKDIR ${APP:?}",
                "ENV A=$APP\nWORKDIR ${A:?}",
                "ENV A=$APP\nARG B=$A\nEXPOSE ${B#/}",
                "RUN --mount=target=. x"
            })
    void whatTheBaseImageMayMakeRightIsNoMistake(String instructions) throws Exception {
        images.with(
                "app",
                ContainerConfig.EMPTY.toBuilder()
                        .environment("APP", "/80")
                        .workingDir("/80")
                        .build());

        assertThat(define("FROM app AS base\nFROM base\n" + instructions + "\n").root())
                .isNotNull();
        assertThatThrownBy(() -> define("FROM other\nWORKDIR ${APP:?}\n"))
                .hasMessage("Dockerfile:2:9: APP: is not allowed to be unset");
    }

    @Test
    void planOfEmptyImagesLacksNothing() {
        assertThatThrownBy(() -> define("FROM other\nWORKDIR ${APP:?}\n", new OfflineImages()))
                .hasMessage("Dockerfile:2:9: APP: is not allowed to be unset");
    }

    @Test
    void triggersAreToldByTheBaseThatHasThem() {
        images.with(
                "node:1",
                ContainerConfig.EMPTY.toBuilder()
                        .onBuild(List.of("WORKDIR /app", "COPY --from=9 a b", "ENV A=${B:?no_B}"))
                        .build());

        assertThat(errors("FROM node:1\n"))
                .containsExactly(
                        "1: ONBUILD trigger 2 of base image 'node:1' ('COPY --from=9 a b'): invalid stage index 9",
                        "1: ONBUILD trigger 3 of base image 'node:1' ('ENV A=${B:?no_B}'): B: no_B");
        assertThat(errors("FROM scratch AS base\nONBUILD EXPOSE x\nFROM base\n"))
                .containsExactly("3: ONBUILD trigger 1 of stage 'base' ('EXPOSE x'): invalid containerPort: x");
    }

    @Test
    void stepsOfTriggersKnowWhereTheyComeFrom() throws Exception {
        images.with(
                "node:1",
                ContainerConfig.EMPTY.toBuilder().onBuild(List.of("RUN a")).build());

        var own = Objects.requireNonNull(define("FROM node:1\nRUN b\n").root());
        var trigger = Objects.requireNonNull(own.base());
        assertThat(own.label().origin()).isEmpty();
        assertThat(trigger.label().origin()).isEqualTo("ONBUILD trigger 1 of base image 'node:1' ('RUN a'): ");
        assertThat(trigger.label().name()).isEqualTo("[2/3] RUN a");
    }

    @Test
    void triggerThatIsNoInstructionIsToldByTheBaseThatHasIt() {
        images.with(
                "node:1",
                ContainerConfig.EMPTY.toBuilder()
                        .onBuild(List.of("RUN a", "COPI a b"))
                        .build());

        assertThat(errors("FROM node:1\n"))
                .containsExactly("1: ONBUILD trigger 2 of base image 'node:1' ('COPI a b'): unknown instruction COPI");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM scratch AS build\nFROM buidl\n",
                "FROM scratch AS build\nFROM scratch\nCOPY --from=buidl a b\n",
                "FROM scratch AS build\nFROM scratch\nRUN --mount=from=buidl,target=/x y\n"
            })
    void imageThatIsNotThereMayHaveBeenAStage(String text) {
        assertThatThrownBy(() -> define(text, reference -> new Missing()))
                .isInstanceOf(ImageException.class)
                .hasMessageEndingWith(": there is none (did you mean stage 'build'?)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FROM golang AS golan\n", "FROM scratch AS build\nFROM buidl:1\n", "FROM x/buidl\n"})
    void imageThatResemblesNoStageIsOnlyMissing(String text) {
        assertThatThrownBy(() -> define(text, reference -> new Missing()))
                .isInstanceOf(ImageException.class)
                .hasMessageEndingWith(": there is none");
    }

    private record Missing() implements ImageSource {
        @Override
        public ResolvedImage resolve(Platform platform) {
            throw new ImageException("there is none");
        }

        @Override
        public InputStream open(Descriptor blob) {
            throw new UnsupportedOperationException("a front end reads no layer");
        }
    }

    private List<String> errors(String text) {
        try {
            define(text);
            return List.of();
        } catch (DockerfileException problem) {
            return problem.diagnostics().stream()
                    .filter(each -> each.severity() == Diagnostic.Severity.ERROR)
                    .map(each -> each.range().startLine() + ": " + each.message())
                    .toList();
        } catch (Exception other) {
            throw new AssertionError(other);
        }
    }

    private BuildDefinition define(String text) throws Exception {
        return define(text, images);
    }

    private static BuildDefinition define(String text, BaseImages images) throws Exception {
        var options = new FrontendOptions(null, Map.of(), Map.of(), AMD64, AMD64, FreshStages.NONE);
        Dockerfile dockerfile;
        try {
            dockerfile = Dockerfile.parse(new SourceFile("Dockerfile", text));
        } catch (DockerfileException problem) {
            throw Frontend.withRest(problem, options, false);
        }
        return Frontend.define(dockerfile, options, images);
    }
}
