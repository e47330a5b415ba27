package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/// When the AOT cache is made, used and dropped.
class LauncherAotCacheTest extends LauncherFixture {
    @Test
    void theAotCacheIsMadeAtFirstUseAndThenUsed() throws Exception {
        fake.jdk("opt/jdk", "25");
        fake.environment.remove("JBUILD_AOT");

        assertThat(fake.run().output()).doesNotContain("-XX:AOTCache");
        var cache = awaitAotCache();

        assertThat(fake.run().output())
                .contains("-XX:AOTCache=" + cache + "\n-cp\n" + cache.resolveSibling("jars."))
                .contains("/jbuild.jar\ndev.jbuild.cli.Main\n");
        assertThat(Files.getPosixFilePermissions(fake.home.resolve(".cache/jbuild")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(fake.home.resolve(".cache/jbuild/launcher/aot" + fake.checkout))
                .isDirectoryRecursivelyContaining("glob:**/jbuild.aot");
    }

    @Test
    void newJarsMakeANewAotCache() throws Exception {
        var cache = train();
        Files.writeString(fake.checkout.resolve("builder-cli/target/jbuild/lib/jbuild.jar"), "other");

        assertThat(fake.run().output()).doesNotContain("-XX:AOTCache");
        awaitAotUse(cache);
    }

    @Test
    void jarsThatAreGoneMakeANewAotCache() throws Exception {
        var cache = train();
        var jars = Path.of(Files.readAllLines(cache.resolveSibling("key")).getLast());
        Files.delete(jars.resolve("jbuild.jar"));
        Files.delete(jars);

        assertThat(fake.run().output()).doesNotContain("-XX:AOTCache");
        awaitAotUse(cache);
    }

    @Test
    void anAotCacheThatCannotBeMadeIsNotTriedAgain() throws Exception {
        fake.jdk("opt/jdk", "25");
        fake.environment.remove("JBUILD_AOT");
        fake.environment.put("TRAINING_FAILS", "yes");
        fake.run();
        var cache = awaitAotCache();
        fake.environment.remove("TRAINING_FAILS");

        var run = fake.run();
        Thread.sleep(300);

        assertThat(run.exitCode()).isZero();
        assertThat(fake.run().output()).doesNotContain("-XX:AOTCache");
        assertThat(cache).doesNotExist();
    }

    @Test
    void aCrashOfTheJvmDropsTheAotCache() throws Exception {
        var cache = train();
        Files.writeString(fake.home.resolve(".cache/jbuild/launcher/crash-7.log"), "SIGSEGV");

        assertThat(fake.run().output()).doesNotContain("-XX:AOTCache");
        awaitAotUse(cache);
        assertThat(fake.home.resolve(".cache/jbuild/launcher/last-crash.log")).hasContent("SIGSEGV");
    }

    @Test
    void aCacheDirectoryOfAnotherUserIsNotUsed() throws Exception {
        assumeTrue(isRoot(), "needs root to give files away");
        train();
        Files.setAttribute(fake.home.resolve(".cache/jbuild/launcher"), "unix:uid", 65534);

        var run = fake.run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).doesNotContain("-XX:AOTCache");
    }

    /// {@return the cache that the first run had made}
    private Path train() throws Exception {
        fake.jdk("opt/jdk", "25");
        fake.environment.remove("JBUILD_AOT");
        fake.run();
        return awaitAotCache();
    }

    private void awaitAotUse(Path cache) throws Exception {
        for (int i = 0; i < 100; i++) {
            if (fake.run().output().contains("-XX:AOTCache=" + cache + "\n")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the cache was not made again");
    }

    private Path awaitAotCache() throws Exception {
        var directory =
                fake.home.resolve(".cache/jbuild/launcher/aot" + fake.checkout + "/builder-cli/target/jbuild/lib");
        for (int i = 0; i < 600 && !Files.exists(directory.resolve("key")); i++) {
            Thread.sleep(50);
        }
        return directory.resolve("jbuild.aot");
    }
}
