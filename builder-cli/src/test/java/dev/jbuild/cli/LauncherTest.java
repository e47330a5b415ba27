package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How the script finds a JDK, builds the checkout and hands over to Java.
class LauncherTest extends LauncherFixture {
    @Test
    void javaHomeComesFirst() throws Exception {
        fake.jdk("usr/lib/jvm/jdk-26", "26");
        fake.environment.put("JAVA_HOME", fake.jdk("elsewhere", "25.0.3").toString());

        assertThat(fake.run().output()).startsWith("java 25.0.3\n");
    }

    @Test
    void javaHomeOfAnOldVersionIsPassedOver() throws Exception {
        fake.environment.put("JAVA_HOME", fake.jdk("elsewhere", "17.0.9").toString());
        fake.jdk("opt/jdk-25", "25-ea");

        assertThat(fake.run().output()).startsWith("java 25-ea\n");
    }

    @Test
    void everyUsualFolderIsLookedInto() throws Exception {
        for (var folder : List.of("usr/lib/jvm/x", "opt/x", "home/.sdkman/candidates/java/x", "home/.jdks/x")) {
            var jdk = fake.jdk(folder, "25");
            assertThat(fake.run().output()).as(folder).startsWith("java 25\n");
            Files.delete(jdk.resolve("release"));
        }
    }

    @Test
    void javaOnThePathIsFoundThroughItsLink() throws Exception {
        var jdk = fake.jdk("hidden/jdk", "25");
        Files.createSymbolicLink(fake.root.resolve("bin/java"), jdk.resolve("bin/java"));

        assertThat(fake.run().output()).startsWith("java 25\n");
    }

    @Test
    void withoutAJdkOneLineSaysWhatToInstall() throws Exception {
        fake.jdk("usr/lib/jvm/jdk-17", "17.0.9");
        fake.environment.put("PATH", pathWithoutJava());

        var run = fake.run();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors())
                .isEqualTo("jbuild: needs a JDK 25 or later: install one (for example Temurin, https://adoptium.net)"
                        + " and set JAVA_HOME\n");
    }

    @Test
    void theFirstRunBuildsAndTheSecondDoesNot() throws Exception {
        fake.jdk("opt/jdk", "25");

        var first = fake.run("--version");
        var second = fake.run("--version");

        assertThat(first.exitCode()).isZero();
        assertThat(first.errors()).isEqualTo("jbuild: building itself\n");
        assertThat(second.errors()).isEmpty();
        assertThat(second.output()).isEqualTo(first.output());
        assertThat(fake.builds()).isEqualTo(1);
    }

    @Test
    void changedAddedAndDeletedSourcesBuildAgain() throws Exception {
        fake.jdk("opt/jdk", "25");
        fake.run();
        var sources = fake.checkout.resolve("builder-cli/src/main/java");

        // A build takes long enough for its sources to be older than what comes next; the pretended one does not.
        Thread.sleep(20);
        Files.writeString(sources.resolve("A.java"), "class A { }");
        fake.run();
        assertThat(fake.builds()).isEqualTo(2);

        Thread.sleep(20);
        Files.writeString(sources.resolve("B.java"), "class B {}");
        fake.run();
        assertThat(fake.builds()).isEqualTo(3);

        Thread.sleep(20);
        Files.delete(sources.resolve("B.java"));
        fake.run();
        assertThat(fake.builds()).isEqualTo(4);

        Thread.sleep(20);
        Files.writeString(fake.checkout.resolve("builder-cli/pom.xml"), "<project></project>");
        fake.run();
        fake.run();
        assertThat(fake.builds()).isEqualTo(5);
    }

    @Test
    void aFailedBuildRunsNothingAndIsTriedAgain() throws Exception {
        fake.jdk("opt/jdk", "25");
        fake.environment.put("MAVEN_EXIT", "1");

        var run = fake.run();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).contains("jbuild: cannot build " + fake.checkout + ": see above");

        fake.environment.remove("MAVEN_EXIT");
        assertThat(fake.run().exitCode()).isZero();
        assertThat(fake.builds()).isEqualTo(2);
    }

    @Test
    void withoutMavenOneLineSaysHowToGetIt() throws Exception {
        fake.jdk("opt/jdk", "25");
        Files.delete(fake.root.resolve("bin/mvn"));
        fake.environment.put("PATH", pathWithoutJava());

        var run = fake.run();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).isEqualTo("jbuild: needs Maven to build itself: apt install maven\n");
    }

    @Test
    void launchersAtTheSameTimeBuildOnce() throws Exception {
        fake.jdk("opt/jdk", "25");
        fake.environment.put("MAVEN_SECONDS", "0.5");
        var command = List.of(fake.checkout.resolve("jbuild").toString());

        var processes = new ArrayList<Process>();
        for (int i = 0; i < 4; i++) {
            processes.add(fake.start(command));
        }
        for (var process : processes) {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        assertThat(fake.builds()).isEqualTo(1);
    }

    @Test
    void anInstallationIsNeverBuilt() throws Exception {
        fake.jdk("opt/jdk", "25");
        var installation = fake.installation("installed");

        var run = fake.execute(List.of(installation.resolve("jbuild").toString(), "x"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains("-cp\n" + installation + "/lib/jbuild.jar\ndev.jbuild.cli.Main\nx\n");
        assertThat(fake.builds()).isZero();
    }

    @Test
    void aDirectoryWithoutSourcesAndJarsIsNamed() throws Exception {
        fake.jdk("opt/jdk", "25");
        var installation = fake.installation("installed");
        Files.delete(installation.resolve("lib/jbuild.jar"));

        var run = fake.execute(List.of(installation.resolve("jbuild").toString()));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors())
                .endsWith("jbuild: " + installation
                        + " is neither a checkout nor an installation of jbuild: it has no pom.xml and no lib/*.jar\n");
    }

    @Test
    void linksToTheScriptWork() throws Exception {
        fake.jdk("opt/jdk", "25");
        var links = Files.createDirectories(fake.root.resolve("links"));
        Files.createSymbolicLink(links.resolve("first"), Path.of("../checkout/jbuild"));
        Files.createSymbolicLink(links.resolve("second"), links.resolve("first"));

        var run = fake.execute(List.of(links.resolve("second").toString()));

        assertThat(run.errors()).isEqualTo("jbuild: building itself\n");
        assertThat(run.output()).contains(fake.checkout + "/builder-cli/target/jbuild/lib/jbuild.jar");
    }

    @Test
    void argumentsArriveAsTheyWereTyped() throws Exception {
        fake.jdk("opt/jdk", "25");

        var run = fake.run("--build-arg", "V=ü", "two words", "*", "", "a\\b'c\"$d");

        assertThat(run.output())
                .endsWith("dev.jbuild.cli.Main\n--build-arg\nV=ü\ntwo words\n*\n\na\\b'c\"$d\nLC_ALL=C.UTF-8\n");
    }

    @Test
    void argumentsThatAreNotUtf8AreRefused() throws Exception {
        fake.jdk("opt/jdk", "25");

        var run = fake.execute(List.of("sh", "-c", fake.checkout + "/jbuild \"$(printf 'V=\\374')\""));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).isEqualTo("jbuild: an argument is not UTF-8: V=\\374\n");
    }

    @Test
    void theExitCodeIsThatOfJava() throws Exception {
        fake.jdk("opt/jdk", "25");
        fake.environment.put("JAVA_EXIT", "5");

        assertThat(fake.run().exitCode()).isEqualTo(5);
    }

    @Test
    void withoutHomeTheRunIsTheSame() throws Exception {
        fake.environment.put("JAVA_HOME", fake.jdk("opt/jdk", "25").toString());
        fake.environment.remove("HOME");

        assertThat(fake.run("x").output()).contains("\nx\n");
    }

    @Test
    void closedStreamsAreReplaced() throws Exception {
        var jdk = fake.jdk("opt/jdk", "25");
        fake.run();
        Files.writeString(jdk.resolve("bin/java"), """
                #!/bin/sh
                readlink /proc/self/fd/0 /proc/self/fd/2 > "$HOME/streams"
                echo result || exit 9
                """);

        var run = fake.execute(List.of("sh", "-c", fake.checkout + "/jbuild <&- >&- 2>&-"));

        assertThat(run.exitCode()).isEqualTo(9);
        assertThat(fake.home.resolve("streams")).hasContent("/dev/null\n/dev/null\n");
    }

    /// {@return a PATH with the usual tools but no Java and no Maven}
    private String pathWithoutJava() throws IOException {
        var tools = Files.createDirectories(fake.root.resolve("tools"));
        for (var tool : List.of("sh", "find", "readlink", "mkdir", "chmod", "flock", "rm", "cp", "mv", "true", "id")) {
            Files.copy(Path.of("/usr/bin").resolve(tool), tools.resolve(tool), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return tools.toString();
    }
}
