package dev.jbuild.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.frontend.Outline;
import dev.jbuild.oci.OciJson;
import java.util.ArrayList;
import java.util.List;

/// An outline in the two forms in which BuildKit's tools print it.
record OutlineReport(SourceFile source, Outline outline) {
    private static final int GAP = 3;

    /// {@return tables for people, each followed by an empty line, the last line break left out}
    String text() {
        var tables = new ArrayList<String>();
        if (outline.stage() != null) {
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("TARGET:", outline.stage()));
            if (!outline.description().isEmpty()) {
                rows.add(List.of("DESCRIPTION:", outline.description()));
            }
            tables.add(TextTable.print(rows, 1));
        }
        if (!outline.arguments().isEmpty()) {
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("BUILD ARG", "VALUE", "DESCRIPTION"));
            outline.arguments()
                    .forEach(argument -> rows.add(List.of(argument.name(), argument.value(), argument.description())));
            tables.add(TextTable.print(rows, GAP));
        }
        addNeeds("SECRET", outline.secrets(), tables);
        addNeeds("SSH", outline.agents(), tables);
        return tables.isEmpty() ? "" : String.join("\n\n", tables) + "\n";
    }

    private static void addNeeds(String heading, List<Outline.Need> needs, List<String> tables) {
        if (needs.isEmpty()) {
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(heading, "REQUIRED"));
        needs.forEach(need -> rows.add(List.of(need.id(), need.required() ? "true" : "")));
        tables.add(TextTable.print(rows, GAP));
    }

    /// {@return the report for tools}
    String json() {
        var report = OciJson.newObject();
        ReportJson.putText(report, "name", outline.stage() == null ? "" : outline.stage());
        ReportJson.putText(report, "description", outline.description());
        if (!outline.arguments().isEmpty()) {
            var arguments = report.putArray("args");
            for (var argument : outline.arguments()) {
                var entry = arguments.addObject();
                entry.put("name", argument.name());
                ReportJson.putText(entry, "description", argument.description());
                ReportJson.putText(entry, "value", argument.value());
                ReportJson.putLocation(entry, argument.range());
            }
        }
        putNeeds(report, "secrets", outline.secrets());
        putNeeds(report, "ssh", outline.agents());
        ReportJson.putData(report, source);
        return ReportJson.print(report);
    }

    private static void putNeeds(ObjectNode report, String key, List<Outline.Need> needs) {
        if (needs.isEmpty()) {
            return;
        }
        var entries = report.putArray(key);
        for (var need : needs) {
            var entry = entries.addObject();
            entry.put("name", need.id());
            if (need.required()) {
                entry.put("required", true);
            }
            ReportJson.putLocation(entry, need.range());
        }
    }
}
