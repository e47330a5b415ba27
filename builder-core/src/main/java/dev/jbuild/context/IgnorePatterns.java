package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// What a `.dockerignore` file leaves out of a context, or `--exclude` out of a COPY.
///
/// Patterns are anchored at the root: `*` and `?` stop at a slash, `**` does not, `[a-z]` is a range, `\` takes
/// the next character as it is when that is no letter and no digit. A pattern that matches a directory counts for all
/// below it. Of all lines that match, the last one decides; one that starts with `!` takes back in.
///
/// @see <a href="https://docs.docker.com/build/concepts/context/#dockerignore-files">Dockerignore files</a>
public final class IgnorePatterns {
    /// Leaves out nothing.
    public static final IgnorePatterns NONE = new IgnorePatterns("", List.of());

    /// An ignore file is written by people; more than this is a mistake (and would be read for each file).
    static final int LONGEST_FILE = 1 << 20;

    private static final ByteString BYTE_ORDER_MARK = ByteString.of("\ufeff");

    private final String fileName;
    private final List<Rule> rules;
    private final boolean takesBackIn;
    private final IgnoreIndex index;

    /// @param text clean, without the `!`
    /// @param place file, line and column in front of a message; empty when the pattern stands alone
    private record Rule(ByteString text, boolean takesBackIn, String place, IgnorePattern pattern) {
        ContextException broken(String reason) {
            return new ContextException(place + reason + " in '" + text + "'");
        }
    }

    /// What the lines say of one path and all paths below it for which no other line says otherwise.
    ///
    /// @param lines indices of the patterns that matched and changed something, ascending. One that only
    ///     repeats what held before is not among them: it says nothing of the paths below, as in Docker
    /// @param excluded whether the path is left out
    public record Verdict(List<Integer> lines, boolean excluded) {
        /// That of the root, which no pattern can leave out.
        public static final Verdict ROOT = new Verdict(List.of(), false);

        public Verdict {
            lines = List.copyOf(lines);
        }

        private int last() {
            return lines.isEmpty() ? -1 : lines.getLast();
        }
    }

    private IgnorePatterns(String fileName, List<Rule> rules) {
        this.fileName = fileName;
        this.rules = List.copyOf(rules);
        this.takesBackIn = rules.stream().anyMatch(Rule::takesBackIn);
        this.index = new IgnoreIndex(rules.stream().map(Rule::pattern).toList());
    }

    /// {@return the patterns of an ignore file}
    ///
    /// @param fileName how messages call the file
    /// @throws ContextException that names all lines which are no patterns
    public static IgnorePatterns parse(String fileName, byte[] content) {
        return parse(fileName, fileName, content);
    }

    /// {@return the patterns of an ignore file}
    ///
    /// @param fileName how messages call the file where it is clear of which context it is
    /// @param path where it is, for messages that ask for a change of it
    /// @throws ContextException that names all lines which are no patterns
    static IgnorePatterns parse(String fileName, String path, byte[] content) {
        if (content.length > LONGEST_FILE) {
            throw new ContextException(path + " is larger than 1 MiB, which no list of patterns should be");
        }
        var rules = new ArrayList<Rule>();
        var mistakes = new ArrayList<String>();
        List<ByteString> lines = lines(ByteString.ofBytes(content));
        for (int i = 0; i < lines.size(); i++) {
            ByteString pattern = ofLine(lines.get(i));
            if (!pattern.isEmpty()) {
                String place = path + ":" + (i + 1) + ":" + column(lines.get(i)) + ": ";
                try {
                    rules.add(rule(pattern, place));
                } catch (Glob.PatternSyntax syntax) {
                    mistakes.add(place + syntax.reason() + " in '" + pattern + "'");
                }
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ContextException(String.join("\n", mistakes));
        }
        return new IgnorePatterns(fileName, rules);
    }

    /// {@return the patterns of an ignore file in clean form, whether they can be read or not}
    public static List<ByteString> cleanLines(byte[] content) {
        return lines(ByteString.ofBytes(content)).stream()
                .map(IgnorePatterns::ofLine)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
    }

    /// {@return patterns that stand alone, not in a file: as in a file, but `#` starts no comment}
    ///
    /// @throws ContextException that names the first which is no pattern
    public static IgnorePatterns of(List<ByteString> patterns) {
        var rules = new ArrayList<Rule>();
        for (ByteString pattern : patterns) {
            ByteString trimmed = CodePoints.trim(pattern);
            if (!trimmed.isEmpty()) {
                try {
                    rules.add(rule(LexicalPath.clean(trimmed), ""));
                } catch (Glob.PatternSyntax syntax) {
                    throw new ContextException(syntax.reason() + " in '" + pattern + "'");
                }
            }
        }
        return new IgnorePatterns("", rules);
    }

    /// {@return the patterns in clean form, those that take back in with their `!`}
    public List<ByteString> patterns() {
        return rules.stream()
                .map(rule -> rule.takesBackIn() ? ByteString.of("!").concat(rule.text()) : rule.text())
                .toList();
    }

    /// {@return how messages call the file; empty when the patterns stand alone}
    public String fileName() {
        return fileName;
    }

    /// {@return whether there is no pattern}
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /// {@return whether the path is left out: of all lines that match it or a directory above it, the last one decides}
    ///
    /// @throws ContextException when a line that had to be asked is no pattern
    public boolean excludes(ByteString path) {
        var candidates = new ArrayList<Candidates>();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            candidates.add(candidates(path.substring(0, slash)));
        }
        candidates.add(candidates(path));
        return verdict(candidates, Verdict.ROOT).excluded();
    }

    /// {@return what the lines say of a path when a whole tree is walked}
    ///
    /// @param parent what they said of the directory that holds it
    /// @throws ContextException when a line that had to be asked is no pattern
    public Verdict judge(ByteString path, Verdict parent) {
        if (rules.isEmpty()) {
            return parent;
        }
        Candidates candidates = candidates(path);
        return candidates.lines().isEmpty() ? parent : verdict(List.of(candidates), parent);
    }

    /// Lines that may match a path; only those that would change something are asked.
    private record Candidates(ByteString path, BitSet lines) {}

    private Candidates candidates(ByteString path) {
        return new Candidates(path, index.candidates(path));
    }

    private Verdict verdict(List<Candidates> candidates, Verdict parent) {
        var asked = new BitSet();
        parent.lines().forEach(asked::set);
        candidates.forEach(each -> asked.or(each.lines()));
        var lines = new ArrayList<Integer>();
        boolean excluded = false;
        int known = 0;
        for (int line = asked.nextSetBit(0); line >= 0; line = asked.nextSetBit(line + 1)) {
            Rule rule = rules.get(line);
            boolean ofParent = known < parent.lines().size() && parent.lines().get(known) == line;
            known += ofParent ? 1 : 0;
            if (ofParent || (rule.takesBackIn() == excluded && matches(line, candidates))) {
                if (rule.pattern() instanceof IgnorePattern.Broken(String reason)) {
                    throw rule.broken(reason);
                }
                lines.add(line);
                excluded = !rule.takesBackIn();
            }
        }
        return new Verdict(lines, excluded);
    }

    /// {@return whether a line matches one of the paths, or is broken}
    private boolean matches(int line, List<Candidates> candidates) {
        IgnorePattern pattern = rules.get(line).pattern();
        if (pattern instanceof IgnorePattern.Broken) {
            return true;
        }
        for (Candidates each : candidates) {
            if (each.lines().get(line) && pattern.matches(each.path())) {
                return true;
            }
        }
        return false;
    }

    /// {@return whether something below a directory may be in although the directory itself is out}
    ///
    /// @param verdict on the directory
    public boolean couldIncludeBelow(ByteString directory, Verdict verdict) {
        if (!takesBackIn) {
            return false;
        }
        for (int line = rules.size() - 1; line > verdict.last(); line--) {
            Rule rule = rules.get(line);
            if (rule.takesBackIn() && rule.pattern().couldMatchBelow(directory)) {
                return true;
            }
        }
        return false;
    }

    private static List<ByteString> lines(ByteString content) {
        var lines = new ArrayList<ByteString>();
        int start = content.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
        while (start < content.length()) {
            int newline = content.indexOf('\n', start);
            int end = newline < 0 ? content.length() : newline;
            lines.add(content.substring(start, end));
            start = end + 1;
        }
        return lines;
    }

    /// {@return where the pattern of a line begins, in code points from 1}
    private static int column(ByteString line) {
        int[] points = CodePoints.decode(line);
        int start = 0;
        while (start < points.length && CodePoints.isSpace(points[start])) {
            start++;
        }
        return start + 1;
    }

    /// {@return the pattern of a line, empty when it has none}
    private static ByteString ofLine(ByteString line) {
        if (!line.isEmpty() && line.byteAt(0) == '#') {
            return ByteString.EMPTY;
        }
        ByteString text = CodePoints.trim(line);
        if (text.isEmpty()) {
            return text;
        }
        boolean takesBackIn = text.byteAt(0) == '!';
        ByteString pattern = takesBackIn ? CodePoints.trim(text.substring(1)) : text;
        if (!pattern.isEmpty()) {
            pattern = LexicalPath.clean(pattern);
        }
        if (pattern.length() > 1 && pattern.byteAt(0) == '/') {
            pattern = pattern.substring(1);
        }
        return takesBackIn ? ByteString.of("!").concat(pattern) : pattern;
    }

    private static Rule rule(ByteString line, String place) throws Glob.PatternSyntax {
        boolean takesBackIn = line.byteAt(0) == '!';
        ByteString text = takesBackIn ? line.substring(1) : line;
        if (text.isEmpty()) {
            throw new Glob.PatternSyntax("no pattern behind the '!'");
        }
        return new Rule(text, takesBackIn, place, IgnorePattern.of(text));
    }
}
