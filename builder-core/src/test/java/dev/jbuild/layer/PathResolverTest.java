package dev.jbuild.layer;

import static dev.jbuild.layer.Trees.directory;
import static dev.jbuild.layer.Trees.file;
import static dev.jbuild.layer.Trees.layer;
import static dev.jbuild.layer.Trees.path;
import static dev.jbuild.layer.Trees.symlink;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathResolverTest {
    private static final FileTree TREE = MergedTree.of(List.of(layer(
            directory("usr"),
            directory("usr/lib"),
            file("usr/lib/x", ""),
            symlink("lib", "usr/lib"),
            symlink("lib64", "/usr/lib"),
            symlink("usr/up", "../../../lib"),
            symlink("usr/lib/here", "."),
            symlink("usr/self", "self"),
            symlink("dangling", "no/where"),
            symlink("usr/two", "/lib/../up/here"))));

    @ParameterizedTest
    @CsvSource({
        "lib/x,usr/lib/x",
        "/lib/x,usr/lib/x",
        "//lib64//./x/,usr/lib/x",
        "usr/up/x,usr/lib/x",
        "usr/lib/here/here/x,usr/lib/x",
        "lib/../x,usr/x",
        "../../etc/passwd,etc/passwd",
        "dangling,no/where",
        "dangling/../y,no/y",
        "usr/two/x,usr/lib/x",
        "none/../lib,usr/lib",
        "usr/lib/x/y,usr/lib/x/y",
        "'',''",
        "/,''",
        "..,''",
    })
    void linksAreFollowedInsideTheRoot(String given, String resolved) throws IOException {
        assertThat(PathResolver.resolve(TREE, path(given), true)).isEqualTo(path(resolved));
    }

    @Test
    void theLastLinkIsFollowedOnlyOnDemand() throws IOException {
        assertThat(PathResolver.resolve(TREE, path("lib"), false)).isEqualTo(path("lib"));
        assertThat(PathResolver.resolve(TREE, path("lib/here"), false)).isEqualTo(path("usr/lib/here"));
        assertThat(PathResolver.resolve(TREE, path("usr/self"), false)).isEqualTo(path("usr/self"));
    }

    @Test
    void aLoopEndsWithTheKernelsLimit() throws IOException {
        assertThatThrownBy(() -> PathResolver.resolve(TREE, path("usr/self/x"), true))
                .isInstanceOf(LayerException.class)
                .hasMessage("too many levels of symbolic links in '/usr/self/x'");
        assertThat(PathResolver.resolve(chain(40), path("l0"), true)).isEqualTo(path("l40"));
        assertThatThrownBy(() -> PathResolver.resolve(chain(41), path("l0"), true))
                .isInstanceOf(LayerException.class);
    }

    private static FileTree chain(int links) {
        var entries = new ArrayList<LayerEntry>();
        for (int i = 0; i < links; i++) {
            entries.add(symlink("l" + i, "l" + (i + 1)));
        }
        return MergedTree.of(List.of(LayerIndex.of(entries)));
    }
}
