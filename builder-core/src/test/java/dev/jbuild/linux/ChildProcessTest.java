package dev.jbuild.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChildProcessTest {
    private static final SyscallScript NOTHING = SyscallScript.builder().build();

    @BeforeAll
    static void onlyAsRoot() throws Exception {
        Assumptions.assumeTrue(DirectoryTest.LinuxMachine.isRoot(), "namespaces need root");
    }

    @Test
    void runsAProgramWithItsArgumentsAndEnvironment() throws Exception {
        try (Pipe output = Pipe.open()) {
            var setup = SyscallScript.builder();
            setup.purpose("connect output");
            setup.call(
                    Syscall.DUP3,
                    Argument.descriptor(output.writeEnd(), "output"),
                    Argument.number(1),
                    Argument.number(0));
            try (ChildProcess child = start(setup.build(), NOTHING, shell("echo $0 $1 $V $$; exit 7"))) {
                output.writeEnd().close();
                assertThat(child.waitFor()).isEqualTo(new ChildProcess.Ending(7, 0));
            }
            assertThat(text(output.readEnd())).isEqualTo("zero one two 1\n");
        }
    }

    @Test
    void aFailureOfTheFirstHalfNamesTheCall() {
        var setup = SyscallScript.builder();
        setup.purpose("enter the root");
        setup.call(Syscall.SETSID);
        setup.call(Syscall.CHDIR, Argument.text("/does/not/exist"));

        assertThatThrownBy(() -> start(setup.build(), NOTHING, shell("true")))
                .isInstanceOf(ScriptException.class)
                .hasMessage("cannot enter the root: chdir(\"/does/not/exist\"): "
                        + "no such file or directory (ENOENT), step 2 of 71");
    }

    @Test
    void aFailureOfTheSecondHalfNamesTheCall() {
        var confinement = SyscallScript.builder();
        confinement.purpose("drop capabilities");
        confinement.call(Syscall.PRCTL, Argument.number(24, "PR_CAPBSET_DROP"), Argument.number(999));

        assertThatThrownBy(() -> start(NOTHING, confinement.build(), shell("true")))
                .isInstanceOf(ScriptException.class)
                .hasMessage("cannot drop capabilities: prctl(PR_CAPBSET_DROP, 999): "
                        + "invalid argument (EINVAL), step 3 of 70");
    }

    @Test
    void everyCandidateThatCannotBeExecutedIsReported() {
        var execution = SyscallScript.builder();
        execution.purpose("start the step");
        execution.toleratingAll(0).call(Syscall.EXECVE, Argument.text("/nowhere"), argv(), env());
        execution.call(Syscall.EXECVE, Argument.text("/etc"), argv(), env());

        assertThatThrownBy(() -> start(NOTHING, NOTHING, execution.build()))
                .isInstanceOfSatisfying(
                        ScriptException.class,
                        failure -> assertThat(failure.executionErrors()).containsExactly(Errno.ENOENT, Errno.EACCES));
    }

    @Test
    void toleratedFailuresSkipWhatDependsOnThem() throws Exception {
        var setup = SyscallScript.builder();
        setup.purpose("try");
        Argument missing = setup.tolerating(1, Errno.ENOENT).call(Syscall.CHDIR, Argument.text("/does/not/exist"));
        setup.call(Syscall.FCHDIR, missing);
        Argument root =
                setup.call(Syscall.OPENAT, Argument.number(-100), Argument.text("/usr"), Argument.number(0x200000));
        setup.call(Syscall.FCHDIR, root);

        try (ChildProcess child = start(setup.build(), NOTHING, shell("[ $(pwd) = /usr ]"))) {
            assertThat(child.waitFor()).isEqualTo(new ChildProcess.Ending(0, 0));
        }
    }

    @Test
    void signalsReachDescendantsOfADeafFirstProcess() throws Exception {
        try (ChildProcess child = start(NOTHING, NOTHING, shell("sleep 100 & wait; exit 3"))) {
            Thread.sleep(300);
            assertThat(Poll.readable(List.of(child.handle()), 0)).isZero();
            child.signalAll(15);
            assertThat(Poll.readable(List.of(child.handle()), 10_000)).isEqualTo(1);
            assertThat(child.waitFor()).isEqualTo(new ChildProcess.Ending(3, 0));
        }
    }

    @Test
    void closingKills() throws Exception {
        ChildProcess child = start(NOTHING, NOTHING, shell("sleep 100"));
        child.close();

        assertThat(Path.of("/proc/" + child.pid())).doesNotExist();
    }

    @Test
    void theChildEndsWithTheThreadThatStartedIt() throws Exception {
        ChildProcess[] child = new ChildProcess[1];
        Thread starter = Thread.ofPlatform().start(() -> {
            try {
                child[0] = start(NOTHING, NOTHING, shell("sleep 100"));
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        starter.join();

        assertThat(child[0].waitFor()).isEqualTo(new ChildProcess.Ending(0, 9));
        child[0].close();
    }

    @Test
    void theJavaProcessKeepsItsCredentialsAndSignals() throws Exception {
        var confinement = SyscallScript.builder();
        confinement.purpose("become a user");
        confinement.call(Syscall.SETRESUID, Argument.number(1000), Argument.number(1000), Argument.number(1000));
        List<String> before = ownStatus();

        try (ChildProcess child = start(NOTHING, confinement.build(), shell("[ $(id -u) = 1000 ]"))) {
            assertThat(child.waitFor()).isEqualTo(new ChildProcess.Ending(0, 0));
        }

        assertThat(ownStatus()).isEqualTo(before);
        // Only a dumpable process owns its own files in /proc; root would own them in any case.
        try (Fd self = Fd.open(ByteString.of("/proc/self/environ"))) {
            assertThat(self.status().uid()).isZero();
        }
        assertThat(isDumpable()).isTrue();
    }

    private static boolean isDumpable() throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            return scratch.call(Syscall.PRCTL, "", 3, 0, 0, 0, 0, 0) == 1;
        }
    }

    private static List<String> ownStatus() throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("/proc/thread-self/status"))) {
            // SigQ counts the pending signals of all processes of the user.
            return lines.filter(line -> line.startsWith("Sig") && !line.startsWith("SigQ")
                            || line.startsWith("Uid")
                            || line.startsWith("Cap"))
                    .toList();
        }
    }

    private static ChildProcess start(SyscallScript setup, SyscallScript confinement, SyscallScript execution)
            throws Exception {
        Set<Namespace> namespaces = EnumSet.of(Namespace.PROCESS, Namespace.MOUNT);
        return ChildProcess.start(new ChildScript(namespaces, setup, confinement, execution));
    }

    private static SyscallScript shell(String text) {
        var execution = SyscallScript.builder();
        execution.purpose("start the step");
        List<ByteString> arguments = Stream.of("/bin/sh", "-c", text, "zero", "one")
                .map(ByteString::of)
                .toList();
        execution.call(Syscall.EXECVE, Argument.text("/bin/sh"), Argument.texts(arguments), env());
        return execution.build();
    }

    private static Argument argv() {
        return Argument.texts(List.of(ByteString.of("x")));
    }

    private static Argument env() {
        return Argument.texts(List.of(ByteString.of("V=two"), ByteString.of("PATH=/usr/bin:/bin")));
    }

    private static String text(Fd file) throws Exception {
        return new String(file.inputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
