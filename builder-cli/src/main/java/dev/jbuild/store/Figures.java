package dev.jbuild.store;

import dev.jbuild.collect.StoreItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Numbers and columns for people.
final class Figures {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};
    private static final int GAP = 3;
    private static final int ID_LENGTH = 14;

    private Figures() {}

    /// {@return a size with three digits, decimal units}
    static String bytes(long bytes) {
        int unit = 0;
        long divisor = 1;
        while (unit < UNITS.length - 1 && bytes / divisor >= 1000) {
            divisor *= 1000;
            unit++;
        }
        long hundredths = Math.round(bytes * 100.0 / divisor);
        if (unit == 0) {
            return bytes + "B";
        }
        if (hundredths >= 10_000) {
            return Math.round(hundredths / 100.0) + UNITS[unit];
        }
        return hundredths >= 1000
                ? hundredths / 100 + "." + hundredths / 10 % 10 + UNITS[unit]
                : hundredths / 100 + "." + two(hundredths % 100) + UNITS[unit];
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    /// {@return how long ago something was}
    static String ago(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.toMinutes() < 2) {
            return "now";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + " minutes ago";
        }
        return age.toDays() < 2 ? age.toHours() + " hours ago" : age.toDays() + " days ago";
    }

    /// {@return the beginning of an id, which a filter takes too}
    static String id(StoreItem item) {
        boolean hashed = item.id().length() > 64 || item.id().length() == 64;
        int slash = item.id().indexOf('/');
        if (!hashed) {
            return item.id();
        }
        int colon = item.id().indexOf(':');
        String shortened =
                item.id().substring(0, Math.min(colon + 1 + ID_LENGTH, item.id().length()));
        return slash > 64 ? shortened + item.id().substring(slash) : shortened;
    }

    /// {@return the rows in columns as wide as they need}
    static String columns(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        var text = new StringBuilder();
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                text.append(cell).repeat(' ', widths[column] - cell.length() + GAP);
            }
            while (text.charAt(text.length() - 1) == ' ') {
                text.setLength(text.length() - 1);
            }
            text.append('\n');
        }
        return text.toString();
    }
}
