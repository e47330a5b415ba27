package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import java.util.Arrays;
import java.util.List;

/// One line of an ignore file, as Docker understands it: plain text is compared, `**` at one end alone compares the
/// other
/// end, and all else becomes a regular expression of Go.
sealed interface IgnorePattern {
    ByteString CURRENT = ByteString.of(".");

    /// A path and nothing else.
    record Exact(ByteString path) implements IgnorePattern {}

    /// All paths that start so.
    record Beginning(ByteString text) implements IgnorePattern {}

    /// All paths that end so, also in the middle of a name.
    record Ending(ByteString text) implements IgnorePattern {}

    /// All paths that one of some automata accepts.
    record Automata(List<Glob> globs) implements IgnorePattern {
        public Automata {
            globs = List.copyOf(globs);
        }
    }

    /// A pattern that is in order by the rules of `filepath.Match`, but whose regular expression is none. Docker does
    /// not
    /// know before it asks whether a path matches.
    record Broken(String reason) implements IgnorePattern {}

    /// {@return the pattern of a clean line without its `!`}
    ///
    /// @throws Glob.PatternSyntax when Docker refuses it before any path is looked at
    static IgnorePattern of(ByteString text) throws Glob.PatternSyntax {
        // So Docker looks for mistakes, and finds only those of the pieces that are read for this path.
        var _ = FilePattern.of(text).matches(CURRENT);
        var translation = new IgnoreTranslation(text);
        return switch (translation.form()) {
            case EXACT -> new Exact(text);
            case BEGINNING -> new Beginning(text.substring(0, text.length() - 2));
            case ENDING -> new Ending(text.substring(2));
            case EXPRESSION -> {
                try {
                    yield new Automata(new GoExpression(translation.expression()).globs());
                } catch (Glob.PatternSyntax syntax) {
                    yield new Broken(syntax.reason());
                }
            }
        };
    }

    /// {@return whether a path as a whole matches}
    ///
    /// @throws IllegalStateException when the pattern is broken
    default boolean matches(ByteString path) {
        return switch (this) {
            case Exact exact -> exact.path().equals(path);
            case Beginning beginning -> path.startsWith(beginning.text());
            case Ending ending -> path.endsWith(ending.text()) || isBehindSlash(ending.text(), path);
            case Automata automata -> automata.globs().stream().anyMatch(glob -> glob.matches(path));
            case Broken broken -> throw new IllegalStateException(broken.reason());
        };
    }

    /// {@return whether some path below a directory could match}
    default boolean couldMatchBelow(ByteString directory) {
        return switch (this) {
            case Exact exact -> exact.path().startsWith(directory.concat(ByteString.of("/")));
            case Beginning beginning ->
                beginning.text().startsWith(directory) || directory.startsWith(beginning.text());
            case Automata automata -> automata.globs().stream().anyMatch(glob -> glob.couldMatchBelow(directory));
            case Ending _, Broken _ -> true;
        };
    }

    private static boolean isBehindSlash(ByteString ending, ByteString path) {
        return ending.length() == path.length() + 1
                && ending.byteAt(0) == '/'
                && Arrays.equals(ending.substring(1).toBytes(), path.toBytes());
    }
}
