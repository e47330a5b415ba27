package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which stages have a name. A name may be given again: FROM means the last stage above, COPY and `--target` the last
/// of
/// the file.
final class StageNames {
    private final Map<String, NavigableSet<Integer>> numbers = new LinkedHashMap<>();

    StageNames(List<Stage> stages) {
        for (int i = 0; i < stages.size(); i++) {
            @Nullable String name = stages.get(i).from().name();
            if (name != null) {
                numbers.computeIfAbsent(name, _ -> new TreeSet<>()).add(i);
            }
        }
    }

    /// {@return the names that stages before `end` have}
    List<String> before(int end) {
        return numbers.entrySet().stream()
                .filter(each -> each.getValue().first() < end)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// {@return the names, each once, in the order of the file}
    List<String> all() {
        return List.copyOf(numbers.keySet());
    }

    /// {@return the number of the last stage of that name before `end`, or -1}
    ///
    /// @param name in any case
    int before(String name, int end) {
        @Nullable NavigableSet<Integer> known = numbers.get(name.toLowerCase(Locale.ROOT));
        @Nullable Integer found = known == null ? null : known.lower(end);
        return found == null ? -1 : found;
    }
}
