package dev.jbuild.git;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Excerpt;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.jspecify.annotations.Nullable;

/// What `.gitmodules` says: where the submodules of one tree come from.
///
/// @param byPath addresses as written
/// @see <a href="https://git-scm.com/docs/gitmodules">gitmodules</a>
record Submodules(Map<ByteString, Submodule> byPath) {
    /// No submodules.
    static final Submodules NONE = new Submodules(Map.of());

    /// One that `.gitmodules` names.
    ///
    /// @param url as written, perhaps relative
    record Submodule(String name, String url) {}

    Submodules {
        byPath = Map.copyOf(byPath);
    }

    /// @throws GitException when the file, a path or an address is not one
    static Submodules parse(String text) {
        var config = new Config();
        try {
            config.fromText(text);
        } catch (ConfigInvalidException | IllegalArgumentException invalid) {
            throw new GitException("'.gitmodules' cannot be read: " + Excerpt.of(String.valueOf(invalid.getMessage())));
        }
        var byPath = new HashMap<ByteString, Submodule>();
        for (String name : config.getSubsections("submodule")) {
            @Nullable String path = config.getString("submodule", name, "path");
            @Nullable String url = config.getString("submodule", name, "url");
            if (path == null || url == null) {
                continue;
            }
            checkName(name);
            checkPath(path);
            if (url.startsWith("-") || url.chars().anyMatch(character -> character < ' ' || character == 0x7f)) {
                throw new GitException("submodule address " + Excerpt.quoted(url) + " is not allowed");
            }
            if (byPath.put(ByteString.of(path), new Submodule(name, url)) != null) {
                throw new GitException("two submodules have the path " + Excerpt.quoted(path));
            }
        }
        return new Submodules(byPath);
    }

    private static void checkPath(String path) {
        boolean clean = !path.isEmpty() && String.join("/", Components.of(path)).equals(path);
        boolean control = path.chars().anyMatch(character -> character < ' ' || character == 0x7f);
        if (!clean || control || path.startsWith("-") || Components.of(path).contains("..")) {
            throw new GitException("submodule path " + Excerpt.quoted(path) + " is not allowed");
        }
    }

    /// It becomes a directory below `.git/modules`.
    private static void checkName(String name) {
        boolean control = name.chars().anyMatch(character -> character < ' ' || character == 0x7f);
        boolean clean = !name.isEmpty() && String.join("/", Components.of(name)).equals(name);
        if (!clean || control || name.startsWith("-") || Components.of(name).contains("..")) {
            throw new GitException("submodule name " + Excerpt.quoted(name) + " is not allowed");
        }
    }

    /// @param path below the root of the tree that has the `.gitmodules`
    /// @throws GitException when nothing says where it comes from
    Submodule at(ByteString path) {
        @Nullable Submodule submodule = byPath.get(path);
        if (submodule == null) {
            throw new GitException("no submodule mapping found in .gitmodules for path '" + path
                    + "'; leave submodules out with '?submodules=false'");
        }
        return submodule;
    }
}
