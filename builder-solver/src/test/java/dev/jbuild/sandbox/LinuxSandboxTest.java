package dev.jbuild.sandbox;

import static dev.jbuild.sandbox.BusyboxRoot.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Fd;
import dev.jbuild.sandbox.BusyboxRoot.Outcome;
import dev.jbuild.sandbox.SandboxSpec.User;
import dev.jbuild.sandbox.StepStatus.Exited;
import dev.jbuild.sandbox.StepStatus.Killed;
import dev.jbuild.sandbox.StepStatus.NotStarted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a step sees and does, on a root of busybox.
@Timeout(60)
class LinuxSandboxTest {
    private BusyboxRoot root;

    @BeforeEach
    void makeRoot(@TempDir Path directory) throws Exception {
        root = BusyboxRoot.in(directory);
    }

    @Test
    void outputAndExitCodeArePassedOn() throws Exception {
        Outcome outcome = root.shell("echo out; echo err >&2; exit 42");

        assertThat(outcome.status()).isEqualTo(new Exited(42));
        assertThat(outcome.status().exitCode()).isEqualTo(42);
        assertThat(outcome.output()).isEqualTo("out\n");
        assertThat(outcome.error()).isEqualTo("err\n");
        assertThat(outcome.changes()).isEmpty();
    }

    @Test
    void muchOutputArrivesWhole() throws Exception {
        Outcome outcome = root.shell("head -c 3000000 /dev/zero");

        assertThat(outcome.output()).hasSize(3_000_000);
    }

    @Test
    void theEnvironmentIsExactlyWhatWasGiven() throws Exception {
        Outcome outcome =
                root.run(spec -> spec.environment(List.of(bytes("PATH=/nowhere:/bin"), bytes("V=größe 日本"))), "env");

        assertThat(outcome.output()).isEqualTo("PATH=/nowhere:/bin\nV=größe 日本\n");
    }

    @Test
    void capabilitiesAreThoseOfAContainer() throws Exception {
        String wanted = """
                CapInh:	0000000000000000
                CapPrm:	00000000a80425fb
                CapEff:	00000000a80425fb
                CapBnd:	00000000a80425fb
                CapAmb:	0000000000000000
                """;

        assertThat(root.shell("grep ^Cap /proc/self/status").output()).isEqualTo(wanted);
    }

    @Test
    void aUserHasItsNumbersNoCapabilitiesAndItsOwnOutput() throws Exception {
        Outcome outcome = root.run(
                spec -> spec.user(new User(1000, 1001, List.of(7, 8))),
                "sh",
                "-c",
                "id -u; id -g; id -G; grep -E 'CapPrm|CapEff|CapInh' /proc/self/status; echo again > /dev/stdout;"
                        + " echo x > /x");

        assertThat(outcome.output()).isEqualTo("""
                1000
                1001
                1001 7 8
                CapInh:	0000000000000000
                CapPrm:	0000000000000000
                CapEff:	0000000000000000
                again
                """);
        assertThat(outcome.error()).isEqualTo("sh: can't create /x: Permission denied\n");
    }

    @Test
    void signalsAndDescriptorsOfTheBuilderStayOutside() throws Exception {
        Outcome outcome = root.shell(
                "grep -E '^Sig(Blk|Ign|Cgt)' /proc/self/status; ls /proc/1/fd;" + " readlink /proc/self/fd/0");

        assertThat(outcome.output()).isEqualTo("""
                SigBlk:	0000000000000000
                SigIgn:	0000000000000000
                SigCgt:	0000000000000000
                0
                1
                2
                /dev/null
                """);
    }

    @Test
    void theRootHasNoDevicesAndTheRestOfTheMountsIsReadOnlyOrPrivate() throws Exception {
        List<String> mounts = root.shell("cat /proc/mounts").output().lines().toList();

        assertThat(mounts.getFirst()).startsWith("overlay / overlay rw,nodev,");
        assertThat(mounts.subList(1, mounts.size())).allMatch(mount -> mount.contains("nosuid,"));
        assertThat(mounts)
                .filteredOn(mount -> !mount.contains("nodev"))
                .extracting(mount -> mount.split(" ")[1])
                .containsExactly("/dev", "/dev/pts");
        assertThat(mounts)
                .filteredOn(mount -> mount.contains(" /proc/") || mount.contains(" /sys"))
                .isNotEmpty()
                .allSatisfy(mount -> assertThat(mount).contains(" ro,nosuid,nodev,noexec"));
    }

    @Test
    void hostsAndResolvConfCanBeReadAndLeaveNoTrace() throws Exception {
        Outcome outcome = root.shell("cat /etc/hosts /etc/resolv.conf; echo x >> /etc/hosts");

        assertThat(outcome.output()).isEqualTo("""
                127.0.0.1	localhost buildkitsandbox
                ::1	localhost ip6-localhost ip6-loopback
                nameserver 192.0.2.1
                """);
        assertThat(outcome.error()).contains("Read-only file system");
        assertThat(outcome.changes()).isEmpty();
    }

    @Test
    void filesOfTheImageBelowMountsAreKept() throws Exception {
        Path etc = Files.createDirectory(root.image.resolve("etc"));
        Files.writeString(etc.resolve("hosts"), "of the image");
        Files.createSymbolicLink(etc.resolve("resolv.conf"), Path.of("../run/systemd/resolve/stub-resolv.conf"));

        Outcome outcome = root.shell("cat /etc/resolv.conf; touch /etc/new; echo $?");

        assertThat(outcome.output()).isEqualTo("nameserver 192.0.2.1\n0\n");
        assertThat(outcome.changes()).containsExactly("etc", "etc/new");
        assertThat(Files.readString(etc.resolve("hosts"))).isEqualTo("of the image");
    }

    @Test
    void changesAreExactlyWhatTheStepDid() throws Exception {
        Files.writeString(root.image.resolve("old"), "old");

        Outcome outcome = root.shell("umask; mkdir -p /a/b; echo x > /a/b/c; rm /old; touch /etc/x; rm /etc/x");

        assertThat(outcome.output()).isEqualTo("0022\n");
        assertThat(outcome.changes()).containsExactly("a", "a/b", "a/b/c", "old");
        assertThat(Files.readString(outcome.upper().resolve("a/b/c"))).isEqualTo("x\n");
    }

    @Test
    void aStepCanRunWithoutAnyLayerButNeedsAProgram() throws Exception {
        Outcome outcome = root.run(List.of(), spec -> spec, "/bin/sh", "-c", "true");

        assertThat(outcome.status())
                .isEqualTo(new NotStarted(127, "no '/bin/sh' in the image, or not the interpreter it needs"));
        assertThat(outcome.changes()).isEmpty();
    }

    @Test
    void whyAProgramCannotBeStartedIsTold() throws Exception {
        Path program = Files.writeString(root.image.resolve("bin/data"), "\u007fELF nothing");

        assertThat(root.run(spec -> spec, "unknown").status())
                .isEqualTo(new NotStarted(127, "no 'unknown' in the PATH of the image"));
        assertThat(root.run(spec -> spec, "data").status())
                .isEqualTo(new NotStarted(126, "'data' in the image is not executable"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(root.run(spec -> spec, "data").status())
                .isEqualTo(new NotStarted(
                        126, "'data' is not a program for this machine; is the image for another platform?"));
        assertThat(root.run(spec -> spec, "sh", "x".repeat(200_000)).status())
                .isEqualTo(new NotStarted(126, "arguments and environment of 'sh' are too long"));
    }

    @Test
    void theWorkingDirectoryIsInsideTheRoot() throws Exception {
        Files.createDirectories(root.image.resolve("srv/app"));
        Files.createSymbolicLink(root.image.resolve("link"), Path.of("/../../srv/app"));

        assertThat(root.run(spec -> spec.workingDirectory(bytes("/link")), "sh", "-c", "pwd")
                        .output())
                .isEqualTo("/srv/app\n");
        assertThat(root.run(spec -> spec.workingDirectory(bytes("/none")), "sh").status())
                .isEqualTo(
                        new NotStarted(126, "cannot enter the working directory '/none': no such file or directory"));
        for (int descriptor = 0; descriptor < 64; descriptor++) {
            ByteString path = bytes("/proc/self/fd/" + descriptor);
            assertThat(root.run(spec -> spec.workingDirectory(path), "ls").status())
                    .as("%s", path)
                    .isInstanceOf(NotStarted.class);
        }
    }

    @Test
    void hostileLinksOfTheImageStayInsideItsRoot(@TempDir Path outside) throws Exception {
        Files.writeString(outside.resolve("hosts"), "outside");
        for (String target :
                List.of(outside.toString(), "../../../../../..", "/", "etc", "/proc/self/root", "nowhere")) {
            Files.deleteIfExists(root.image.resolve("etc"));
            Files.createSymbolicLink(root.image.resolve("etc"), Path.of(target));

            assertThat(root.shell("true").status()).as(target).isEqualTo(new Exited(0));
        }
        assertThat(Files.readString(outside.resolve("hosts"))).isEqualTo("outside");
    }

    @Test
    void mountPointsThatAreNotDirectoriesStopTheStep() throws Exception {
        for (String name : List.of("dev", "proc", "sys")) {
            Path mountPoint = root.image.resolve(name);
            Files.createSymbolicLink(mountPoint, Path.of(".."));
            assertThat(root.shell("true").status())
                    .isEqualTo(new NotStarted(
                            126,
                            "'/" + name + "' of the image is not a directory that can be mounted on: not a directory"));
            Files.delete(mountPoint);
            Files.writeString(mountPoint, "file");
            assertThat(root.shell("true").status()).isInstanceOf(NotStarted.class);
            Files.delete(mountPoint);
        }
    }

    @Test
    void theMachineIsOutOfReach() throws Exception {
        Outcome outcome = root.shell(
                "ls /proc/1/root/ | wc -l; echo $$; echo /proc/[0-9]*;"
                        + " cat /proc/sys/kernel/hostname; for f in kcore keys kmsg timer_list interrupts; do"
                        + " cat /proc/$f 2>/dev/null | wc -c; done; echo x > /proc/sys/kernel/hostname; ls /sys/firmware /dev/pts");

        assertThat(outcome.output()).startsWith("5\n1\n/proc/1\nbuildkitsandbox\n0\n0\n0\n0\n0\n");
        assertThat(outcome.error()).contains("can't create /proc/sys/kernel/hostname: Read-only file system");
    }

    @Test
    void aPrivateNetworkHasOnlyItsLoopback() throws Exception {
        Outcome outcome = root.run(
                spec -> spec.privateNetwork(true), "sh", "-c", "ls /sys/class/net; cat /sys/class/net/lo/flags");

        assertThat(outcome.output()).isEqualTo("lo\n0x9\n");
    }

    @Test
    void bindsAreReadOnlyAndTheirMountPointsLeaveNoTrace(@TempDir Path outside) throws Exception {
        Files.writeString(outside.resolve("file"), "content");
        try (Fd directory = Fd.open(bytes(outside.toString()));
                Fd file = Fd.open(bytes(outside.resolve("file").toString()))) {
            Outcome outcome = root.run(
                    spec -> spec.binds(List.of(
                            new SandboxSpec.Bind(directory, bytes("/mnt/deep/directory")),
                            new SandboxSpec.Bind(file, bytes("/one")))),
                    "sh",
                    "-c",
                    "cat /mnt/deep/directory/file /one; echo x > /mnt/deep/directory/file");

            assertThat(outcome.output()).isEqualTo("contentcontent");
            assertThat(outcome.error()).contains("Read-only file system");
            assertThat(outcome.changes()).isEmpty();
        }
    }

    @Test
    void aBackgroundProcessThatKeepsTheOutputOpenEndsWithTheStep() throws Exception {
        Outcome outcome = root.shell("sleep 1000 & sleep 1001 & echo done");

        assertThat(outcome.status()).isEqualTo(new Exited(0));
        assertThat(outcome.output()).isEqualTo("done\n");
        assertThat(BusyboxRoot.processes("sleep\0001000")).isEmpty();
    }

    @Test
    void aSignalIsReported() throws Exception {
        Outcome outcome = root.shell("sh -c 'kill -9 $$'; echo $?");

        assertThat(outcome.output()).contains("137\n");
    }

    @Test
    void aKilledStepMayCleanUp() throws Exception {
        var output = new BusyboxRoot.Output();
        try (var prepared = root.prepare(
                List.of(root.image),
                spec -> spec,
                "sh",
                "-c",
                "trap 'echo bye; exit 5' TERM; sleep 1002 & echo ready; wait")) {
            RunningStep step = LinuxSandbox.open().start(prepared.spec, output);
            output.awaitOutput();
            step.kill();

            assertThat(step.await().status()).isEqualTo(new Exited(5));
            assertThat(output.text(OutputSink.Stream.STANDARD_OUTPUT)).isEqualTo("ready\nbye\n");
        }
    }

    @Test
    void aStepThatIgnoresTheRequestIsKilledAfterTwoSeconds() throws Exception {
        var output = new BusyboxRoot.Output();
        try (var prepared = root.prepare(
                List.of(root.image),
                spec -> spec,
                "sh",
                "-c",
                "trap '' TERM; echo ready; while true; do sleep 1003; done")) {
            RunningStep step = LinuxSandbox.open().start(prepared.spec, output);
            output.awaitOutput();
            long start = System.nanoTime();
            step.kill();
            step.kill();

            assertThat(step.await().status()).isEqualTo(new Killed(9));
            assertThat(step.await().status().exitCode()).isEqualTo(137);
            assertThat(System.nanoTime() - start).isBetween(1_900_000_000L, 20_000_000_000L);
        }
        assertThat(BusyboxRoot.processes("sleep\0001003")).isEmpty();
    }

    @Test
    void anInterruptStopsTheStepBeforeItIsThrown() throws Exception {
        var output = new BusyboxRoot.Output();
        try (var prepared = root.prepare(List.of(root.image), spec -> spec, "sh", "-c", "echo ready; sleep 1004");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = threads.submit(() -> LinuxSandbox.open().run(prepared.spec, output));
            output.awaitOutput();
            assertThat(running.cancel(true)).isTrue();
            threads.shutdown();
            assertThat(threads.awaitTermination(20, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
            assertThat(BusyboxRoot.processes("sleep\0001004")).isEmpty();
        }
    }

    @Test
    void aSinkThatFailsStopsTheStep() throws Exception {
        try (var prepared = root.prepare(List.of(root.image), spec -> spec, "sh", "-c", "echo ready; sleep 1005")) {
            assertThatThrownBy(() -> LinuxSandbox.open().run(prepared.spec, (stream, bytes) -> {
                        throw new IOException("disk full");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk full");
        }
        assertThat(BusyboxRoot.processes("sleep\0001005")).isEmpty();
    }

    @Test
    void nothingStaysMountedAndNoDescriptorStaysOpen() throws Exception {
        Outcome first = root.shell("true");
        int before = openDescriptors();
        for (int i = 0; i < 5; i++) {
            root.shell("echo x > /file");
        }

        assertThat(openDescriptors()).isEqualTo(before);
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(root.directory.toString());
        assertThat(first.status().isSuccess()).isTrue();
    }

    @Test
    void aMachineThatCannotMountSaysWhichCallFailed() throws Exception {
        try (var prepared = root.prepare(List.of(root.image), spec -> spec, "sh")) {
            Files.delete(prepared.upper);

            assertThatThrownBy(() -> LinuxSandbox.open().run(prepared.spec, new BusyboxRoot.Output()))
                    .isInstanceOf(SandboxUnavailableException.class)
                    .hasMessageStartingWith(
                            "cannot mount the root: mount(\"overlay\", \"root\", \"overlay\", MS_NODEV, ")
                    .hasMessageContaining("no such file or directory (ENOENT), step ");
        }
    }

    private static int openDescriptors() {
        return new java.io.File("/proc/self/fd").list().length;
    }
}
