package dev.jbuild.git;

import dev.jbuild.git.GitReference.FileTime;
import dev.jbuild.oci.Excerpt;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a [GitReference].
final class GitReferenceReader {
    private final GitRemote remote;
    private final Set<String> seen = new HashSet<>();
    private @Nullable String ref;
    private @Nullable String tag;
    private @Nullable String branch;
    private @Nullable String subdirectory;
    private @Nullable String checksum;
    private @Nullable Boolean keepGitDirectory;
    private boolean submodules = true;
    private FileTime time = FileTime.COMMIT;

    private GitReferenceReader(GitRemote remote) {
        this.remote = remote;
    }

    /// @param strict whether an http address must end in `.git`
    static @Nullable GitReference read(String text, boolean strict) {
        if (text.startsWith("./") || text.startsWith("../")) {
            return null;
        }
        int hash = text.indexOf('#');
        String beforeFragment = hash < 0 ? text : text.substring(0, hash);
        int question = beforeFragment.indexOf('?');
        String address = question < 0 ? beforeFragment : beforeFragment.substring(0, question);
        boolean http =
                address.regionMatches(true, 0, "http://", 0, 7) || address.regionMatches(true, 0, "https://", 0, 8);
        boolean hasPath = address.indexOf('/', address.indexOf("://") + 3) >= 0;
        if (http && strict && !(hasPath && address.endsWith(".git"))) {
            return null;
        }
        @Nullable GitRemote remote = GitRemote.parse(address);
        if (remote == null) {
            return null;
        }
        var reader = new GitReferenceReader(remote);
        reader.readFragment(hash < 0 ? "" : PercentCode.decode(text.substring(hash + 1)));
        reader.readQuery(question < 0 ? "" : beforeFragment.substring(question + 1));
        return reader.finish();
    }

    private void readFragment(String fragment) {
        int colon = fragment.indexOf(':');
        String name = colon < 0 ? fragment : fragment.substring(0, colon);
        ref = name.isEmpty() ? null : name;
        subdirectory = colon < 0 || colon + 1 == fragment.length() ? null : fragment.substring(colon + 1);
    }

    private void readQuery(String query) {
        int begin = 0;
        for (int at = 0; at <= query.length(); at++) {
            if (at == query.length() || query.charAt(at) == '&') {
                if (at > begin) {
                    readPair(query.substring(begin, at));
                }
                begin = at + 1;
            }
        }
    }

    private void readPair(String pair) {
        int equal = pair.indexOf('=');
        String key = PercentCode.decodeQuery(equal < 0 ? pair : pair.substring(0, equal));
        String value = equal < 0 ? "" : PercentCode.decodeQuery(pair.substring(equal + 1));
        if (!seen.add(key.equals("commit") ? "checksum" : key)) {
            throw new GitException("query \"" + Excerpt.of(key) + "\" has multiple values");
        }
        boolean flag = key.equals("submodules") || key.equals("keep-git-dir") || key.equals("fetch-by-commit");
        if (value.isEmpty() && !flag) {
            throw new GitException("query \"" + Excerpt.of(key) + "\" has no value");
        }
        switch (key) {
            case "ref" -> ref = same("ref", ref, value);
            case "tag" -> tag = value.startsWith("refs/tags/") ? value : "refs/tags/" + value;
            case "branch" -> branch = value.startsWith("refs/heads/") ? value : "refs/heads/" + value;
            case "subdir" -> subdirectory = same("subdir", subdirectory, value);
            case "checksum", "commit" -> checksum = GitReference.checksum(value);
            case "keep-git-dir" -> keepGitDirectory = flag(key, value);
            case "submodules" -> submodules = flag(key, value);
            case "mtime" -> time = time(value);
            case "fetch-by-commit" -> {
                // A commit that is named is always asked for by its hash.
                boolean ignored = flag(key, value);
            }
            default -> throw new GitException("unexpected query \"" + Excerpt.of(key) + "\"");
        }
    }

    private static String same(String what, @Nullable String before, String value) {
        if (before != null && !before.equals(value)) {
            throw new GitException(
                    what + " conflicts: \"" + Excerpt.of(before) + "\" vs \"" + Excerpt.of(value) + "\"");
        }
        return value;
    }

    private static boolean flag(String key, String value) {
        return switch (value) {
            case "", "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new GitException("invalid " + key + " value: \"" + Excerpt.of(value) + "\"");
        };
    }

    private static FileTime time(String value) {
        return switch (value) {
            case "commit" -> FileTime.COMMIT;
            case "checkout" -> FileTime.CHECKOUT;
            default ->
                throw new GitException(
                        "invalid mtime value: \"" + Excerpt.of(value) + "\", expected checkout or commit");
        };
    }

    private GitReference finish() {
        if (tag != null) {
            ref = same("ref", ref, tag);
        }
        if (branch != null) {
            if (tag != null) {
                throw new GitException("branch conflicts with tag");
            }
            ref = same("ref", ref, branch);
        }
        if (ref == null) {
            ref = checksum;
        }
        if (ref != null && !RefName.isValid(ref)) {
            throw new GitException("invalid git ref " + Excerpt.quoted(ref));
        }
        return new GitReference(
                remote,
                ref,
                subdirectory == null ? "" : subdirectory(subdirectory),
                checksum,
                keepGitDirectory,
                submodules,
                time);
    }

    private static String subdirectory(String path) {
        var components = Components.of(path);
        for (String component : components) {
            boolean control = component.chars().anyMatch(character -> character < ' ' || character == 0x7f);
            if (control || component.equals("..") || component.equalsIgnoreCase(".git")) {
                throw new GitException("invalid git subdirectory " + Excerpt.quoted(path));
            }
        }
        return String.join("/", components);
    }
}
