package dev.jbuild.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.linux.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeItemTest {
    private static final ByteString ROOT = ByteString.of("d");

    private static byte[] tree(String... modesAndNames) {
        var bytes = new ByteArrayOutputStream();
        for (String item : modesAndNames) {
            bytes.writeBytes((item + "\0").getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(new byte[20]);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "40000, DIRECTORY",
        "040000, DIRECTORY",
        "100644, FILE",
        "100664, FILE",
        "100600, FILE",
        "100755, PROGRAM",
        "100700, PROGRAM",
        "120000, SYMLINK",
        "160000, SUBMODULE"
    })
    void aModeSaysWhatANameIs(String mode, TreeItem.Kind kind) throws Exception {
        assertThat(TreeItem.parse(tree(mode + " a"), ROOT))
                .containsExactly(new TreeItem(kind, ByteString.of("a"), ObjectId.zeroId()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "20000", "60000", "10000", "140000", "100888", "1000644000", "x"})
    void anotherModeIsRefused(String mode) {
        assertThatThrownBy(() -> TreeItem.parse(tree(mode + " a"), ROOT))
                .hasMessage("'d/a' is neither file, directory, symbolic link nor submodule");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", ".git", ".GiT", ".git:x", "GIT~1", ".git .", ".g\u200dit"})
    void aNameThatIsTakenForSomethingElseIsRefused(String name) {
        assertThatThrownBy(() -> TreeItem.parse(tree("100644 " + name), ROOT))
                .isInstanceOf(GitException.class)
                .hasMessageEndingWith("has a name that no tree may hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {".gitignore", ".github", "git", "a b", "a\nb", "con", "a:b", "a\\b", "..."})
    void aNameThatLinuxKeepsIsFine(String name) throws Exception {
        assertThat(TreeItem.parse(tree("100644 " + name), ROOT)).hasSize(1);
    }

    @Test
    void aNameStandsOnce() {
        assertThatThrownBy(() -> TreeItem.parse(tree("120000 a", "40000 a"), ROOT))
                .hasMessage("'d/a' stands twice in its directory");
    }

    @Test
    void aNameHasAtMost255Bytes() throws Exception {
        assertThat(TreeItem.parse(tree("100644 " + "a".repeat(255)), ROOT)).hasSize(1);
        assertThatThrownBy(() -> TreeItem.parse(tree("100644 " + "a".repeat(256)), ROOT))
                .hasMessageEndingWith("has a name of more than 255 bytes");
    }

    @Test
    void aTreeThatEndsEarlyIsDamaged() {
        byte[] whole = tree("100644 a");
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> TreeItem.parse(cut, ROOT)).hasMessage("the tree object of 'd' is damaged");
        }
    }
}
