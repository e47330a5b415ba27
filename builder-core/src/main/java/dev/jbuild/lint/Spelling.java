package dev.jbuild.lint;

import java.util.Collection;

/// Finds the name that was probably meant, as BuildKit does: case counts, and two changes at most.
public final class Spelling {
    private static final int MAX_CHANGES = 2;

    private Spelling() {}

    /// Returns ` (did you mean X?)`, or nothing when no candidate is near, or one of them is `name` itself.
    ///
    /// @param prefix what stands before a name, such as `$`
    public static String hint(String name, Collection<String> candidates, String prefix) {
        var nearest = "";
        var least = MAX_CHANGES + 1;
        for (var candidate : candidates) {
            if (candidate.equals(name)) {
                return "";
            }
            // A name cannot be made one of another length with fewer changes; most are told apart by that alone.
            if (Math.abs(candidate.length() - name.length()) >= least) {
                continue;
            }
            var changes = changes(name, candidate);
            if (changes < least) {
                least = changes;
                nearest = candidate;
            }
        }
        return nearest.isEmpty() ? "" : " (did you mean " + prefix + nearest + "?)";
    }

    /// The number of characters to insert, delete or exchange (Levenshtein).
    private static int changes(String from, String to) {
        var row = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
