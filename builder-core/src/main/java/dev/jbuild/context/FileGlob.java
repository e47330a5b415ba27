package dev.jbuild.context;

import dev.jbuild.linux.ByteString;

/// A source of COPY or ADD with wildcards, with the meaning of Go's `filepath.Match` on the whole path: `*` and
/// `?` stop at a slash, `[a-z]` and `[^a-z]` are ranges, `\` takes the next character as it is.
public final class FileGlob {
    private final ByteString pattern;
    private final ByteString base;
    private final FilePattern rest;
    private final Glob directories;

    private FileGlob(ByteString pattern, ByteString base, FilePattern rest) throws Glob.PatternSyntax {
        this.pattern = pattern;
        this.base = base;
        this.rest = rest;
        this.directories = new Glob(rest.steps());
    }

    /// {@return whether the text holds a wildcard; without one it is the name of one file, backslashes included}
    public static boolean hasWildcard(ByteString text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.byteAt(i)) {
                case '*', '?', '[' -> {
                    return true;
                }
                case '\\' -> i++;
                default -> {}
            }
        }
        return false;
    }

    /// {@return the compiled pattern}
    ///
    /// @param pattern relative to the root of the tree it is matched in, already clean
    /// @throws ContextException when it cannot be read as a pattern
    public static FileGlob compile(ByteString pattern) {
        int baseEnd = endOfNamesWithoutWildcard(pattern);
        try {
            ByteString base = unescape(pattern.substring(0, baseEnd));
            ByteString rest = baseEnd == 0 ? pattern : pattern.substring(baseEnd + 1);
            return new FileGlob(pattern, base, FilePattern.of(rest));
        } catch (Glob.PatternSyntax syntax) {
            throw new ContextException("'" + pattern + "' is no file pattern: " + syntax.reason());
        }
    }

    /// {@return whether a pattern matches a path, both taken whole}
    ///
    /// @throws ContextException when a part of it that had to be read is no pattern
    public static boolean matches(ByteString pattern, ByteString path) {
        try {
            return FilePattern.of(pattern).matches(path);
        } catch (Glob.PatternSyntax syntax) {
            throw new ContextException("'" + pattern + "' is no file pattern: " + syntax.reason());
        }
    }

    /// {@return the directory in front of the first name with a wildcard, as a name; empty for the root}
    public ByteString base() {
        return base;
    }

    /// {@return whether a path relative to [#base()] matches}
    public boolean matches(ByteString path) {
        try {
            return rest.matches(path);
        } catch (Glob.PatternSyntax syntax) {
            throw new IllegalStateException("'" + pattern + "' was in order when it was compiled", syntax);
        }
    }

    /// {@return whether some path below a directory, relative to [#base()], could match}
    public boolean couldMatchBelow(ByteString directory) {
        return directories.couldMatchBelow(directory);
    }

    /// {@return the pattern as given}
    @Override
    public String toString() {
        return pattern.toString();
    }

    private static int endOfNamesWithoutWildcard(ByteString pattern) {
        int end = 0;
        for (int slash = pattern.indexOf('/'); slash >= 0; slash = pattern.indexOf('/', slash + 1)) {
            if (hasWildcard(pattern.substring(0, slash))) {
                break;
            }
            end = slash;
        }
        return end;
    }

    private static ByteString unescape(ByteString text) throws Glob.PatternSyntax {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var bytes = new byte[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.byteAt(i) == '\\' && ++i == text.length()) {
                throw new Glob.PatternSyntax("nothing follows the last '\\'");
            }
            bytes[count++] = text.byteAt(i);
        }
        return ByteString.ofBytes(bytes, 0, count);
    }
}
