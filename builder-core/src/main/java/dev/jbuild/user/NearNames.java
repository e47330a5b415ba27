package dev.jbuild.user;

import dev.jbuild.linux.ByteString;
import java.util.Arrays;
import java.util.List;

/// Finds the name that somebody meant.
final class NearNames {
    /// Names are a few letters; longer ones are not compared.
    private static final int LONGEST = 64;

    private static final int MOST_MISTAKES = 2;

    private NearNames() {}

    /// {@return `, did you mean 'x'?` or nothing}
    static String suggestion(ByteString wanted, List<ByteString> names) {
        int least = Math.min(MOST_MISTAKES, wanted.length() / 2) + 1;
        ByteString nearest = ByteString.EMPTY;
        for (ByteString name : names) {
            int mistakes = mistakes(wanted, name);
            if (mistakes < least) {
                least = mistakes;
                nearest = name;
            }
        }
        return nearest.isEmpty() ? "" : ", did you mean '" + nearest + "'?";
    }

    /// Damerau-Levenshtein distance with neighbours swapped at most once.
    private static int mistakes(ByteString one, ByteString other) {
        if (one.length() > LONGEST || other.length() > LONGEST) {
            return Integer.MAX_VALUE;
        }
        var beforeLast = new int[other.length() + 1];
        var last = new int[other.length() + 1];
        Arrays.setAll(last, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            var row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = one.byteAt(i - 1) == other.byteAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + change);
                if (isSwap(one, i, other, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[other.length()];
    }

    private static boolean isSwap(ByteString one, int i, ByteString other, int j) {
        return i > 1 && j > 1 && one.byteAt(i - 1) == other.byteAt(j - 2) && one.byteAt(i - 2) == other.byteAt(j - 1);
    }
}
