package dev.jbuild.check;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.oci.OciJson;
import java.util.ArrayList;
import java.util.List;

/// The stages of a file in the two forms in which BuildKit's tools print them.
record TargetsReport(Dockerfile dockerfile) {
    private static final String DEFAULT = "(default)";

    /// {@return a table for people, without a line break at its end}
    String text() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("TARGET", "DESCRIPTION"));
        for (var i = 0; i < dockerfile.stages().size(); i++) {
            var from = dockerfile.stages().get(i).from();
            rows.add(List.of(isDefault(i) ? (name(from) + " " + DEFAULT).strip() : name(from), description(from)));
        }
        return TextTable.print(rows, 1);
    }

    /// {@return the report for tools}
    String json() {
        var report = OciJson.newObject();
        var targets = report.putArray("targets");
        for (var i = 0; i < dockerfile.stages().size(); i++) {
            var from = dockerfile.stages().get(i).from();
            var target = targets.addObject();
            ReportJson.putText(target, "name", name(from));
            if (isDefault(i)) {
                target.put("default", true);
            }
            ReportJson.putText(target, "description", description(from));
            target.put("base", from.image().text());
            if (from.platform() != null) {
                target.put("platform", from.platform().text());
            }
            ReportJson.putLocation(target, from.range());
        }
        ReportJson.putData(report, dockerfile.source());
        return ReportJson.print(report);
    }

    private boolean isDefault(int stage) {
        return stage == dockerfile.stages().size() - 1;
    }

    private static String name(Instruction.From from) {
        var name = from.name();
        return name == null ? "" : name;
    }

    private static String description(Instruction.From from) {
        return from.name() == null ? "" : from.origin().description(from.name());
    }
}
