package dev.jbuild.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GitReferenceTest {
    private static final Path CASES = Path.of(System.getProperty("jbuild.testdata"), "git", "references.txt");

    /// Each case is a text and, indented below it, what it is read as.
    @Test
    void everyTextIsReadAsRecorded() throws IOException {
        List<String> recorded = Files.readAllLines(CASES);
        var found = new ArrayList<String>();
        for (String line : recorded) {
            if (line.startsWith("#") || line.isEmpty()) {
                found.add(line);
            } else if (!line.startsWith("    ")) {
                found.add(line);
                found.add("    " + describe(line));
            }
        }
        if (Objects.equals(System.getProperty("jbuild.golden"), "update")) {
            Files.write(CASES, found);
        }
        assertThat(found).isEqualTo(recorded);
    }

    private static String describe(String text) {
        try {
            GitReference reference = GitReference.parseContext(text);
            if (reference == null) {
                return "no repository";
            }
            return reference.remote()
                    + (reference.remote().isEncrypted() ? "" : ", in the clear")
                    + (reference.ref() == null ? "" : ", ref " + reference.ref())
                    + (reference.subdirectory().isEmpty() ? "" : ", subdirectory " + reference.subdirectory())
                    + (reference.checksum() == null ? "" : ", checksum " + reference.checksum())
                    + (reference.keepGitDirectory() == null ? "" : ", keep .git: " + reference.keepGitDirectory())
                    + (reference.submodules() ? "" : ", no submodules")
                    + (reference.time() == GitReference.FileTime.COMMIT ? "" : ", time of the checkout");
        } catch (GitException refused) {
            return "error: " + refused.getMessage();
        }
    }

    @Test
    void anInstructionAndItsAddressMustNotContradict() {
        GitReference reference = GitReference.parse("https://h/r.git?checksum=abc&keep-git-dir=false");
        assertThat(reference).isNotNull();
        assertThatThrownBy(() -> reference.with("abd", null)).hasMessage("checksum mismatch \"abd\" != \"abc\"");
        assertThatThrownBy(() -> reference.with(null, true)).hasMessage("inconsistent keep-git-dir configuration");
        assertThatThrownBy(() -> reference.with(null, null).with("foobar", null))
                .hasMessage("checksum mismatch \"foobar\" != \"abc\"");
        assertThat(reference.with("abc", false)).isEqualTo(reference);
    }

    @Test
    void aChecksumIsHexadecimal() {
        GitReference reference = GitReference.parse("https://h/r.git");
        assertThat(reference).isNotNull();
        assertThatThrownBy(() -> reference.with("foobar", null))
                .hasMessage("invalid checksum foobar for Git source, expected hex commit hash");
        assertThat(reference.with("ABC", true).checksum()).isEqualTo("abc");
    }

    @Test
    void aSubmoduleAddressIsRelativeToThatOfItsRepository() {
        GitRemote remote = GitRemote.parse("https://u:p@h:8443/a/b.git");
        assertThat(remote).isNotNull();
        assertThat(remote.submodule("../c.git")).hasToString("https://u:xxxxx@h:8443/a/c.git");
        assertThat(remote.submodule("./c")).hasToString("https://u:xxxxx@h:8443/a/b.git/c");
        assertThat(remote.submodule("../../d")).hasToString("https://u:xxxxx@h:8443/d");
        assertThat(remote.submodule("git://other/x")).hasToString("git://other/x");
        assertThatThrownBy(() -> remote.submodule("../../../d"))
                .hasMessage("submodule address '../../../d' leads out of https://u:xxxxx@h:8443/a/b.git");
        assertThatThrownBy(() -> remote.submodule("../d/../e"))
                .hasMessage("submodule address '../d/../e' has '..' in its middle");
    }

    @Test
    void aSubmoduleIsNeverOnThisMachineNorBehindAProgram() {
        GitRemote remote = GitRemote.parse("https://h/a.git");
        assertThat(remote).isNotNull();
        for (String url : new String[] {"file:///etc", "/etc", "ext::sh -c id", "fd::3", "ftp://h/x", "x"}) {
            assertThatThrownBy(() -> remote.submodule(url))
                    .hasMessage("submodule address '" + url + "' is none of http, https, git and ssh");
        }
    }
}
