package dev.jbuild.lint;

import dev.jbuild.dockerfile.Suggestion;
import java.util.Collection;

/// Finds the name that was probably meant, as BuildKit does: case counts, and two changes at most.
public final class Spelling {
    private static final int MAX_CHANGES = 2;

    /// Longer names, and more of them, are those of nobody who would read a hint; comparing them would take long.
    private static final int MAX_LENGTH = 64;

    private static final int MAX_CANDIDATES = 1_000;

    private Spelling() {}

    /// Returns ` (did you mean X?)`, or nothing when no candidate is near, or one of them is `name` itself.
    ///
    /// @param prefix what stands before a name, such as `$`
    public static String hint(String name, Collection<String> candidates, String prefix) {
        if (name.length() > MAX_LENGTH || candidates.size() > MAX_CANDIDATES) {
            return "";
        }
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
            var changes = Suggestion.distance(name, candidate);
            if (changes < least) {
                least = changes;
                nearest = candidate;
            }
        }
        return nearest.isEmpty() ? "" : " (did you mean " + prefix + nearest + "?)";
    }
}
