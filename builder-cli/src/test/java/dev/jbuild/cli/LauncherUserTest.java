package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Users who do not own the checkout.
class LauncherUserTest extends LauncherFixture {
    @Test
    void whoCannotWriteTheCheckoutBuildsACopyOfTheirOwn() throws Exception {
        assumeTrue(isRoot(), "needs root to act as another user");
        fake.jdk("opt/jdk", "25");
        Files.setAttribute(fake.home, "unix:uid", 65534);

        var first = fake.execute(asNobody());
        var second = fake.execute(asNobody());

        var copy = fake.home + "/.cache/jbuild/launcher/checkout" + fake.checkout;
        assertThat(first.errors()).isEqualTo("jbuild: building itself\n");
        assertThat(first.output()).contains("-cp\n" + copy + "/builder-cli/target/jbuild/lib/jbuild.jar\n");
        assertThat(second.errors()).isEmpty();
        assertThat(fake.builds()).isEqualTo(1);
        assertThat(Files.exists(fake.checkout.resolve("builder-cli/target"))).isFalse();
        assertThat(Path.of(copy, "builder-cli/src/main/java/A.java")).hasContent("class A {}");
    }

    @Test
    void whoCannotWriteTheCheckoutUsesItsCurrentJars() throws Exception {
        assumeTrue(isRoot(), "needs root to act as another user");
        fake.jdk("opt/jdk", "25");
        Files.setAttribute(fake.home, "unix:uid", 65534);
        fake.run();

        var run = fake.execute(asNobody());

        assertThat(run.errors()).isEmpty();
        assertThat(run.output()).contains("-cp\n" + fake.checkout + "/builder-cli/target/jbuild/lib/jbuild.jar\n");
        assertThat(run.output()).contains("-Djbuild.uid=65534\n-Djbuild.gid=65534\n-Djbuild.home=" + fake.home + "\n");
        assertThat(fake.builds()).isEqualTo(1);
    }

    @Test
    void anOrdinaryUserRunsInANamespaceOfTheirOwn() throws Exception {
        assumeTrue(isRoot(), "needs root to act as another user");
        var jdk = fake.jdk("opt/jdk", "25");
        fake.run();
        Files.setAttribute(fake.home, "unix:uid", 65534);
        Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\ncat /proc/self/uid_map\n");
        assumeTrue(fake.execute(asNobody("unshare", "-r", "true")).exitCode() == 0, "user namespaces are switched off");

        assertThat(fake.execute(asNobody(fake.checkout + "/jbuild"))
                        .output()
                        .trim()
                        .split(" +"))
                .containsExactly("0", "65534", "1");
    }

    private List<String> asNobody() throws IOException {
        return asNobody(fake.checkout.resolve("jbuild").toString());
    }

    private List<String> asNobody(String... command) throws IOException {
        Files.setPosixFilePermissions(fake.root, PosixFilePermissions.fromString("rwxr-xr-x"));
        return FakeCheckout.withArguments(
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), command);
    }
}
