package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whole builds on a busybox base, looked at with programs that are not ours.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class BuildTest {
    @TempDir
    Path directory;

    private BusyboxBuild builds;
    private Path context;

    @BeforeEach
    void prepare() throws Exception {
        builds = new BusyboxBuild(directory);
        context = builds.context();
    }

    @Test
    void aMultiStageImageIsAcceptedByOtherTools() throws Exception {
        Needs.tools("skopeo", "umoci");
        Files.writeString(context.resolve("words.txt"), "b\na\n");
        dockerfile("""
                FROM busybox AS build
                WORKDIR /src
                COPY words.txt .
                RUN mkdir /out && sort words.txt > /out/sorted.txt
                FROM busybox
                COPY --from=build --chown=user:staff --chmod=640 /out/ /data/
                ENV WHERE=/data
                USER user
                CMD ["cat", "/data/sorted.txt"]
                """);
        Path layout = directory.resolve("layout");

        var result = build("-t", "app:1.0", "-o", "type=oci,dest=" + layout + ",tar=false");

        assertThat(result.exitCode()).as(result.err()).isZero();
        String inspected = ExternalCommand.of("skopeo", "inspect", "--config", "oci:" + layout + ":1.0")
                .run()
                .orFail()
                .out();
        assertThat(inspected).contains("\"WHERE=/data\"", "\"User\": \"user\"", "COPY --chown=user:staff --chmod=640");
        Path bundle = directory.resolve("bundle");
        ExternalCommand.of("umoci", "unpack", "--image", layout + ":1.0", bundle.toString())
                .run()
                .orFail();
        Path sorted = bundle.resolve("rootfs/data/sorted.txt");
        assertThat(sorted).hasContent("a\nb\n");
        assertThat(ExternalCommand.of("stat", "-c", "%a %u:%g", sorted.toString())
                        .run()
                        .out())
                .isEqualTo("640 1000:50\n");
        assertThat(bundle.resolve("rootfs/src")).doesNotExist();
        assertThat(bundle.resolve("rootfs/etc/hosts")).doesNotExist();
        assertThat(bundle.resolve("rootfs/etc/resolv.conf")).doesNotExist();
    }

    @Test
    void tarFormsAreAcceptedByOtherTools() throws Exception {
        Needs.tools("skopeo", "tar");
        dockerfile("FROM busybox\nRUN echo x > /x && ln /x /y && ln -s x /z\n");
        Path archive = directory.resolve("image.tar");
        Path files = directory.resolve("files.tar");
        Path local = directory.resolve("local");

        var result = build(
                "-o", "type=oci,dest=" + archive, "-o", "type=tar,dest=" + files, "-o", "type=local,dest=" + local);

        assertThat(result.exitCode()).as(result.err()).isZero();
        ExternalCommand.of("skopeo", "inspect", "oci-archive:" + archive).run().orFail();
        assertThat(ExternalCommand.of("tar", "-tvf", files.toString())
                        .run()
                        .orFail()
                        .out())
                .contains(" y link to x\n", " z -> x\n");
        assertThat(local.resolve("z")).hasContent("x\n");
    }

    @Test
    void aSecondBuildRunsNothing() throws Exception {
        Needs.tools("strace");
        Files.writeString(context.resolve("a"), "a");
        dockerfile("""
                FROM busybox AS build
                COPY a /a
                RUN cat /a > /b
                WORKDIR /w
                FROM busybox
                COPY --from=build /b /c
                RUN true
                """);
        assertThat(build("--iidfile", directory + "/first").exitCode()).isZero();
        Path trace = directory.resolve("trace");

        var again = new Jbuild(directory.resolve("store"))
                .under(
                        "strace",
                        "-f",
                        "-o",
                        trace.toString(),
                        "-e",
                        "trace=mount,clone,clone3,unshare,open,openat,openat2")
                .run("--build-context", builds.busybox(), "--iidfile", directory + "/second", context.toString());

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err().lines().filter(line -> line.matches("#\\d+ DONE.*")))
                .hasSize(1);
        assertThat(again.err().lines().filter(line -> line.matches("#\\d+ CACHED")))
                .hasSize(5);
        assertThat(directory.resolve("second")).hasSameTextualContentAs(directory.resolve("first"));
        // That a layer has a tree is looked up by a handle that cannot be read; nothing below one is opened.
        assertThat(Files.readString(trace)).doesNotContain("mount(", "unshare(", "CLONE_NEW", "/tree/");
        assertThat(Files.readString(trace).lines().filter(line -> line.contains("/tree\"")))
                .allMatch(line -> line.contains("O_PATH"));
    }

    @Test
    void aFailingStepShowsItsOutputAndItsLine() throws Exception {
        dockerfile("FROM busybox\nRUN echo before\nRUN echo oops >&2; exit 3\nRUN never\n");

        var result = build();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("oops", "   3 | >>> RUN echo oops >&2; exit 3", "exit code: 3")
                .doesNotContain("\tat ");
        assertThat(ExternalCommand.of("cat", "/proc/self/mountinfo").run().out())
                .doesNotContain(directory.toString());
    }

    @Test
    void everyKindOfMistakeHasItsExitCodeAndOneMessage() throws Exception {
        assertFails(2, "FROM busybox\nCOPY nothing /x\n", "'/nothing' not found in the build context");
        assertFails(
                2,
                "FROM busybox AS b\nONBUILD COPY nothing /x\nFROM b\n",
                "Dockerfile:3:6: error: ONBUILD trigger 1 of stage 'b' ('COPY nothing /x'): '/nothing' not found in the"
                        + " build context");
        assertFails(
                1,
                "FROM busybox AS b\nONBUILD RUN exit 3\nFROM b\n",
                "jbuild: ONBUILD trigger 1 of stage 'b' ('RUN exit 3'): process \"/bin/sh -c exit 3\" did not complete");
        assertFails(2, "FROM busybox\nRUNN true\n", "unknown instruction RUNN");
        assertFails(2, "FROM busybox\nCOPY --from=nowhere:5000:x /a /b\n", "nowhere:5000:x");
        assertFails(3, "FROM 127.0.0.1:1/none\n", "127.0.0.1:1");
        // Nobody waits for a registry to hear of it.
        assertFails(2, "FROM 127.0.0.1:1/none\nCOPY --from=7 a b\n", "Dockerfile:2:6: error: invalid stage index 7");
        dockerfile("FROM busybox AS a\n");
        var unknown = build("--target", "b");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("target stage 'b' could not be found");
    }

    @Test
    void withoutTheRightToMountARunEndsWithExitCodeFive() throws Exception {
        Needs.tools("setpriv");
        dockerfile("FROM busybox\nRUN true\n");

        var result = new Jbuild(directory.resolve("store"))
                .under("setpriv", "--bounding-set", "-sys_admin", "--inh-caps", "-sys_admin")
                .run("--build-context", builds.busybox(), context.toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
        assertThat(result.err()).contains("operation not permitted (EPERM)").doesNotContain("\tat ");
    }

    @Test
    void twoBuildsAtOnceGiveOneDigest() throws Exception {
        dockerfile("FROM busybox\nRUN date +%N > /stamp; sleep 1\nWORKDIR /made\nRUN date +%N > /second\n");
        var first = builds.jbuild()
                .command("--build-context", builds.busybox(), "--iidfile", directory + "/one", context.toString());
        var second = builds.jbuild()
                .command("--build-context", builds.busybox(), "--iidfile", directory + "/two", context.toString());
        var results = new ExternalCommand.Result[2];
        Thread other = Thread.ofPlatform().start(() -> results[0] = runQuietly(first));
        results[1] = runQuietly(second);
        other.join();

        assertThat(results[0].exitCode()).as(results[0].err()).isZero();
        assertThat(results[1].exitCode()).as(results[1].err()).isZero();
        assertThat(directory.resolve("one")).hasSameTextualContentAs(directory.resolve("two"));
    }

    @Test
    void eightParallelStepsEndOnOneCarrierThread() throws Exception {
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            text.append("FROM busybox AS s")
                    .append(i)
                    .append("\nRUN sleep 1; echo ")
                    .append(i)
                    .append(" > /r\n");
        }
        text.append("FROM busybox\n");
        for (int i = 0; i < 8; i++) {
            text.append("COPY --from=s").append(i).append(" /r /r").append(i).append('\n');
        }
        dockerfile(text.toString());

        var result = builds.jbuild()
                .javaOption("-Djdk.virtualThreadScheduler.parallelism=1")
                .javaOption("-Djdk.virtualThreadScheduler.maxPoolSize=1")
                .run("--build-context", builds.busybox(), context.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @Test
    void aBuildArgumentArrivesAsItWasTyped() throws Exception {
        dockerfile("FROM busybox\nARG V\nRUN echo \"<$V>\"\n");

        var result = build("--build-arg", "V=ü€");

        assertThat(result.err()).contains("<ü€>");
    }

    private ExternalCommand.Result build(String... more) throws Exception {
        return builds.run(more);
    }

    private void assertFails(int exitCode, String dockerfile, String message) throws Exception {
        dockerfile(dockerfile);
        var result = build();
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.err()).contains(message).doesNotContain("\tat ", "Exception");
    }

    private void dockerfile(String text) throws Exception {
        builds.dockerfile(text);
    }

    private static ExternalCommand.Result runQuietly(ExternalCommand command) {
        try {
            return command.run();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
