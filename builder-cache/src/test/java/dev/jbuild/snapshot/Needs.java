package dev.jbuild.snapshot;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// What a test needs of the machine: without it the test is skipped, and in CI it fails.
public final class Needs {
    private Needs() {}

    /// Needs to be root, with the right to mount.
    public static void mounts() throws Exception {
        need(succeeds("unshare", "-m", "true") && succeeds("id", "-u"), "mounting needs root");
    }

    public static void tool(String... command) throws Exception {
        need(succeeds(command), command[0] + " is not installed or does not work here");
    }

    private static void need(boolean there, String reason) {
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
        Assumptions.assumeTrue(there, reason);
    }

    private static boolean succeeds(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
