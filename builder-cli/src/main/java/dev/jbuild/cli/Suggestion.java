package dev.jbuild.cli;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The word that somebody probably meant.
final class Suggestion {
    /// Mistakes in three characters of a word that is not much longer make another word.
    private static final int MOST_CHANGES = 2;

    private Suggestion() {}

    /// {@return the candidate that few changes make of `word`; null when all are too far away}
    static @Nullable String closest(String word, Collection<String> candidates) {
        String closest = null;
        int fewest = MOST_CHANGES + 1;
        for (var candidate : List.copyOf(candidates).stream().sorted().toList()) {
            int changes = candidate.startsWith(word) && word.length() > 3 ? 1 : changes(word, candidate);
            if (changes < fewest) {
                closest = candidate;
                fewest = changes;
            }
        }
        return closest;
    }

    /// {@return how many characters must be inserted, deleted or replaced (Levenshtein distance)}
    private static int changes(String from, String to) {
        var previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            var current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
