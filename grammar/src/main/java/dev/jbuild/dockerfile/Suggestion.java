package dev.jbuild.dockerfile;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds what somebody probably meant.
public final class Suggestion {
    /// Two slips of the finger; with more, nearly every short word resembles another.
    private static final int MAX_DISTANCE = 2;

    /// Words longer than this resemble none of ours, and comparing them would take time.
    private static final int MAX_LENGTH = 32;

    private Suggestion() {}

    /// Returns `did you mean X?` for the candidate nearest to `word`, case aside, or null if none is near.
    public static @Nullable String of(String word, List<String> candidates) {
        var nearest = nearest(word, candidates);
        return nearest == null ? null : "did you mean " + nearest + "?";
    }

    /// Returns the candidate nearest to `word`, case aside, or null if none is near.
    public static @Nullable String nearest(String word, List<String> candidates) {
        if (word.length() > MAX_LENGTH) {
            return null;
        }
        String nearest = null;
        var least = Math.min(MAX_DISTANCE, word.length() - 1) + 1;
        for (var candidate : candidates) {
            var distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /// The number of characters to insert, delete or exchange (Levenshtein).
    public static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
