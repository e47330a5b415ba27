package dev.jbuild.frontend;

import java.util.ArrayList;

/// Paths inside an image, as text.
final class AbsolutePath {
    private AbsolutePath() {}

    /// {@return `path` seen from `directory`, absolute, without `.`, `..` and doubled slashes}
    static String resolve(String directory, String path) {
        var parts = new ArrayList<String>();
        String whole = path.startsWith("/") ? path : directory + "/" + path;
        int start = 0;
        while (start <= whole.length()) {
            int slash = whole.indexOf('/', start);
            int end = slash < 0 ? whole.length() : slash;
            String part = whole.substring(start, end);
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.removeLast();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
            start = end + 1;
        }
        return "/" + String.join("/", parts);
    }
}
