package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import java.util.ArrayList;
import java.util.List;

/// A source of COPY or ADD with wildcards, with the meaning of Go's `filepath.Match` on the whole path: `*` and
/// `?` stop at a slash, `[a-z]` and `[^a-z]` are ranges, `\` takes the next character as it is.
public final class FileGlob {
    private final ByteString pattern;
    private final ByteString base;
    private final Glob glob;

    private FileGlob(ByteString pattern, ByteString base, Glob glob) {
        this.pattern = pattern;
        this.base = base;
        this.glob = glob;
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
            var reader = new Glob.Reader(baseEnd == 0 ? pattern : pattern.substring(baseEnd + 1));
            return new FileGlob(pattern, base, new Glob(steps(reader)));
        } catch (Glob.PatternSyntax syntax) {
            throw new ContextException("'" + pattern + "' is no file pattern: " + syntax.reason());
        }
    }

    /// {@return whether a pattern matches a path, both taken whole}
    ///
    /// @throws ContextException when it cannot be read as a pattern
    public static boolean matches(ByteString pattern, ByteString path) {
        try {
            return new Glob(steps(new Glob.Reader(pattern))).matches(path);
        } catch (Glob.PatternSyntax syntax) {
            throw new ContextException("'" + pattern + "' is no file pattern: " + syntax.reason());
        }
    }

    private static List<Glob.Step> steps(Glob.Reader reader) throws Glob.PatternSyntax {
        var steps = new ArrayList<Glob.Step>();
        while (!reader.atEnd()) {
            steps.add(reader.step());
        }
        return steps;
    }

    /// {@return the directory in front of the first name with a wildcard, as a name; empty for the root}
    public ByteString base() {
        return base;
    }

    /// {@return whether a path relative to [#base()] matches}
    public boolean matches(ByteString path) {
        return glob.matches(path);
    }

    /// {@return whether some path below a directory, relative to [#base()], could match}
    public boolean couldMatchBelow(ByteString directory) {
        return glob.couldMatchBelow(directory);
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
