package dev.jbuild.integration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Differences that are known and meant, for one reason: lines as [ImageFacts#differences] prints them, with `*` for
/// anything, then the reason, indented.
record ListedDifference(List<String> lines, String reason) {
    static List<ListedDifference> parse(String text) {
        var all = new ArrayList<ListedDifference>();
        var lines = new ArrayList<String>();
        var reason = new StringBuilder();
        for (String line : text.split("\n")) {
            if (line.startsWith(" ")) {
                reason.append(reason.isEmpty() ? "" : " ").append(line.strip());
                continue;
            }
            if (!reason.isEmpty()) {
                all.add(of(lines, reason));
            }
            if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        all.add(of(lines, reason));
        return all;
    }

    /// {@return what no line says, and the lines that say nothing of these differences}
    static List<String> unexplained(List<String> differences, List<ListedDifference> listed) {
        var unused = new ArrayList<String>();
        var unexplained = new ArrayList<>(differences);
        for (ListedDifference one : listed) {
            for (String line : one.lines()) {
                Predicate<String> pattern = pattern(line);
                if (differences.stream().noneMatch(pattern)) {
                    unused.add("listed, but not so: " + line);
                }
                unexplained.removeIf(pattern);
            }
        }
        unexplained.addAll(unused);
        return unexplained;
    }

    private static Predicate<String> pattern(String line) {
        String quoted = Stream.of(line.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(quoted).asMatchPredicate();
    }

    private static ListedDifference of(List<String> lines, StringBuilder reason) {
        if (lines.isEmpty() || reason.isEmpty()) {
            throw new IllegalArgumentException("a difference has a line and a reason: " + lines + " " + reason);
        }
        var listed = new ListedDifference(List.copyOf(lines), reason.toString());
        lines.clear();
        reason.setLength(0);
        return listed;
    }
}
