package dev.jbuild.git;

import java.util.List;

/// Which names of branches, tags and commits are sent to a server or believed from one.
///
/// The rules of Git itself, and two more: no name begins with a dash, none is longer than 1024 characters. So a name
/// can be mistaken for nothing else, wherever it is used.
///
/// @see <a href="https://git-scm.com/docs/git-check-ref-format">git-check-ref-format</a>
final class RefName {
    private static final int HASH_LENGTH = 40;
    private static final int MAX_LENGTH = 1024;

    private RefName() {}

    /// {@return whether `name` is one of a branch, a tag, a commit or `HEAD`}
    static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH || name.equals("@") || name.contains("@{")) {
            return false;
        }
        int begin = 0;
        for (int at = 0; at <= name.length(); at++) {
            if (at == name.length() || name.charAt(at) == '/') {
                if (!isComponent(name, begin, at)) {
                    return false;
                }
                begin = at + 1;
            }
        }
        return true;
    }

    private static boolean isComponent(String name, int begin, int end) {
        if (begin == end || name.charAt(begin) == '.' || name.charAt(begin) == '-' || name.charAt(end - 1) == '.') {
            return false;
        }
        for (int at = begin; at < end; at++) {
            char character = name.charAt(at);
            boolean dots = character == '.' && at + 1 < end && name.charAt(at + 1) == '.';
            if (character <= ' ' || character == 0x7f || "~^:?*[\\".indexOf(character) >= 0 || dots) {
                return false;
            }
        }
        return !name.substring(begin, end).endsWith(".lock");
    }

    /// {@return whether `name` is a whole commit hash}
    static boolean isCommitHash(String name) {
        return name.length() == HASH_LENGTH && isHex(name);
    }

    /// {@return whether there are only lower-case hexadecimal digits}
    static boolean isHex(String text) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (!(character >= '0' && character <= '9') && !(character >= 'a' && character <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /// {@return the full names that `name` may stand for, the branch first}
    static List<String> fullNames(String name) {
        return name.equals("HEAD") || name.startsWith("refs/")
                ? List.of(name)
                : List.of("refs/heads/" + name, "refs/tags/" + name, "refs/" + name);
    }
}
