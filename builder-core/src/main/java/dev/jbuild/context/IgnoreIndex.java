package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the patterns of a list that may match a path without asking each: only those whose plain text at the
/// beginning,
/// or else at the end, or else the longest in between, is in the path at such a place.
final class IgnoreIndex {
    private final Map<ByteString, int[]> exact = new HashMap<>();
    private final TextIndex beginnings;
    private final TextIndex endings;
    private final TextIndex middles;
    private final int[] others;
    private final int[] broken;

    IgnoreIndex(List<IgnorePattern> patterns) {
        var prefixes = new ArrayList<TextIndex.Key>();
        var suffixes = new ArrayList<TextIndex.Key>();
        var within = new ArrayList<TextIndex.Key>();
        var withoutText = new ArrayList<Integer>();
        var withoutMeaning = new ArrayList<Integer>();
        for (int line = 0; line < patterns.size(); line++) {
            switch (patterns.get(line)) {
                case IgnorePattern.Exact(var path) -> exact.merge(path, new int[] {line}, IgnoreIndex::concatenated);
                case IgnorePattern.Beginning(var text) -> prefixes.add(new TextIndex.Key(text, line));
                case IgnorePattern.Ending(var text) when text.isEmpty() -> withoutText.add(line);
                // The slash may be missing at the start of a path.
                case IgnorePattern.Ending(var text) ->
                    suffixes.add(new TextIndex.Key(TextIndex.reversed(withoutFirstSlash(text)), line));
                case IgnorePattern.Automata(var globs) -> {
                    for (Glob glob : globs) {
                        if (!glob.prefix().isEmpty()) {
                            prefixes.add(new TextIndex.Key(glob.prefix(), line));
                        } else if (!glob.suffix().isEmpty()) {
                            suffixes.add(new TextIndex.Key(TextIndex.reversed(glob.suffix()), line));
                        } else if (!glob.middle().isEmpty()) {
                            within.add(new TextIndex.Key(glob.middle(), line));
                        } else {
                            withoutText.add(line);
                        }
                    }
                }
                case IgnorePattern.Broken _ -> withoutMeaning.add(line);
            }
        }
        beginnings = new TextIndex(prefixes);
        endings = new TextIndex(suffixes);
        middles = new TextIndex(within);
        others = withoutText.stream().mapToInt(Integer::intValue).toArray();
        broken = withoutMeaning.stream().mapToInt(Integer::intValue).toArray();
    }

    /// {@return the lines that may match a path, with all that do and all that are broken}
    BitSet candidates(ByteString path) {
        var lines = new BitSet();
        for (int line : exact.getOrDefault(path, NO_LINES)) {
            lines.set(line);
        }
        beginnings.find(path, lines::set);
        endings.find(TextIndex.reversed(path), lines::set);
        middles.findWithin(path, lines::set);
        for (int line : others) {
            lines.set(line);
        }
        for (int line : broken) {
            lines.set(line);
        }
        return lines;
    }

    private static final int[] NO_LINES = {};

    private static ByteString withoutFirstSlash(ByteString text) {
        return text.byteAt(0) == '/' ? text.substring(1) : text;
    }

    private static int[] concatenated(int[] lines, int[] more) {
        int[] all = Arrays.copyOf(lines, lines.length + more.length);
        System.arraycopy(more, 0, all, lines.length, more.length);
        return all;
    }
}
