package dev.jbuild.git;

import java.util.ArrayList;
import java.util.List;

/// Paths that people write, taken apart.
final class Components {
    private Components() {}

    /// {@return the components of `path` without empty ones and single dots}
    static List<String> of(String path) {
        var components = new ArrayList<String>();
        int begin = 0;
        for (int at = 0; at <= path.length(); at++) {
            if (at == path.length() || path.charAt(at) == '/') {
                String component = path.substring(begin, at);
                if (!component.isEmpty() && !component.equals(".")) {
                    components.add(component);
                }
                begin = at + 1;
            }
        }
        return components;
    }
}
