package dev.jbuild.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A checkout with the real launcher, a Maven that only pretends, and JDKs that only say how they were started.
final class FakeCheckout {
    /// What the launcher's process printed, and how it ended.
    record Run(int exitCode, String output, String errors) {}

    final Path root;
    final Path checkout;
    final Path home;
    final Map<String, String> environment = new HashMap<>();

    FakeCheckout(Path root) throws IOException {
        this.root = root.toRealPath();
        checkout = this.root.resolve("checkout");
        home = this.root.resolve("home");
        Files.createDirectories(home);
        Files.createDirectories(checkout.resolve("builder-cli/src/main/java"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("builder-cli/pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("builder-cli/src/main/java/A.java"), "class A {}");
        installScript(checkout.resolve("jbuild"));
        program(this.root.resolve("bin/mvn"), """
                echo "$@" >> "%s/mvn.log"
                sleep "${MAVEN_SECONDS:-0}"
                while [ "$1" != -f ]; do shift; done
                mkdir -p "${2%%/pom.xml}/builder-cli/target/jbuild/lib"
                : > "${2%%/pom.xml}/builder-cli/target/jbuild/lib/jbuild.jar"
                exit "${MAVEN_EXIT:-0}"
                """.formatted(this.root));
        // Another user may be the one who builds.
        Files.createFile(this.root.resolve("mvn.log"));
        Files.setPosixFilePermissions(this.root.resolve("mvn.log"), PosixFilePermissions.fromString("rw-rw-rw-"));
        environment.put("PATH", this.root.resolve("bin") + ":/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("HOME", home.toString());
        environment.put("JBUILD_AOT", "off");
    }

    /// The launcher as it is, but for the places where it looks for JDKs: those of this machine must not be found.
    private void installScript(Path target) throws IOException {
        var script = Files.readString(
                        Path.of(System.getProperty("jbuild.testdata")).resolveSibling("jbuild"))
                .replace(" /usr/lib/jvm/", " " + root + "/usr/lib/jvm/")
                .replace(" /opt/", " " + root + "/opt/")
                .replace(" /usr/java/", " " + root + "/usr/java/");
        Files.createDirectories(target.getParent());
        Files.writeString(target, script);
        makeExecutable(target);
    }

    /// A JDK that prints its name and arguments, one a line, and takes the launcher's requests for an AOT cache.
    Path jdk(String directory, String version) throws IOException {
        var jdk = root.resolve(directory);
        program(jdk.resolve("bin/java"), """
                case "$*" in
                    *-XX:AOTCacheOutput=*)
                        [ -z "${TRAINING_FAILS-}" ] || exit 1
                        file=${*#*-XX:AOTCacheOutput=}
                        : > "${file%%%% *}"
                        ;;
                    *dev.jbuild.startup.StartupJars*)
                        directory=${*#*StartupJars }
                        : > "${directory%%%% *}/jbuild.jar"
                        ;;
                esac
                echo "java %s"
                for argument; do printf '%%s\\n' "$argument"; done
                echo "LC_ALL=$LC_ALL"
                exit "${JAVA_EXIT:-0}"
                """.formatted(version));
        program(jdk.resolve("bin/javac"), "exit 0\n");
        Files.createDirectories(jdk.resolve("lib"));
        Files.writeString(jdk.resolve("lib/modules"), "");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    /// A directory with the script and its jars and no sources.
    Path installation(String directory) throws IOException {
        var installation = root.resolve(directory);
        installScript(installation.resolve("jbuild"));
        Files.createDirectories(installation.resolve("lib"));
        Files.writeString(installation.resolve("lib/jbuild.jar"), "");
        return installation;
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        return execute(withArguments(List.of(checkout.resolve("jbuild").toString()), arguments));
    }

    Run execute(List<String> command) throws IOException, InterruptedException {
        var process = start(command);
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var exited = process.waitFor(60, TimeUnit.SECONDS);
        if (!exited) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + command);
        }
        return new Run(process.exitValue(), output, Files.readString(root.resolve("stderr")));
    }

    Process start(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectError(root.resolve("stderr").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    int builds() throws IOException {
        return Files.readAllLines(root.resolve("mvn.log")).size();
    }

    static List<String> withArguments(List<String> command, String... arguments) {
        var all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return all;
    }

    private static void program(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body);
        makeExecutable(file);
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
