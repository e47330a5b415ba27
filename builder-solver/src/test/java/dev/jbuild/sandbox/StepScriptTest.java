package dev.jbuild.sandbox;

import static dev.jbuild.sandbox.BusyboxRoot.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Pipe;
import dev.jbuild.sandbox.SandboxSpec.User;
import dev.jbuild.sandbox.StepScript.Streams;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every call of a step, in order, as reviewed.
class StepScriptTest {
    private static final Path TESTDATA = Path.of(System.getProperty("jbuild.testdata"), "sandbox");

    @Test
    void aStepIsTheseCalls(@TempDir Path store) throws Exception {
        var host = new HostFacts(false, false, true, 524_288, List.of());

        matchesGolden("script.txt", print(store, host, User.ROOT));
    }

    @Test
    void inAUserNamespaceItIsTheseCalls(@TempDir Path store) throws Exception {
        var host = new HostFacts(true, false, false, 4096, List.of("devices/system/cpu/cpu0/thermal_throttle"));

        matchesGolden("script-rootless.txt", print(store, host, new User(1000, -2, List.of(4, 5))));
    }

    private static String print(Path store, HostFacts host, User user) throws Exception {
        for (String name : List.of("a,b:c", "base", "upper", "work")) {
            Files.createDirectory(store.resolve(name));
        }
        try (Directory top = Directory.open(bytes(store + "/a,b:c"));
                Directory base = Directory.open(bytes(store + "/base"));
                Directory upper = Directory.open(bytes(store + "/upper"));
                Directory work = Directory.open(bytes(store + "/work"));
                Pipe pipe = Pipe.open()) {
            var root = new SandboxSpec.Root(List.of(top, base), upper, work);
            var spec = SandboxSpec.of(root, List.of(bytes("make"), bytes("say \"hi\"")))
                    .environment(List.of(bytes("PATH=/usr/bin:/bin"), bytes("LANG=C")))
                    .workingDirectory(bytes("/src"))
                    .resolvConf(bytes("nameserver 192.0.2.1\n"))
                    .user(user)
                    .privateNetwork(!host.ownUserNamespace())
                    .build();
            var streams = new Streams(pipe.writeEnd(), pipe.writeEnd());
            return StepScript.of(spec, host, streams).child().toString().replace(store.toString(), "STORE");
        }
    }

    private static void matchesGolden(String name, String actual) throws Exception {
        Path golden = TESTDATA.resolve(name);
        if ("update".equals(System.getProperty("jbuild.golden"))) {
            Files.createDirectories(TESTDATA);
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
