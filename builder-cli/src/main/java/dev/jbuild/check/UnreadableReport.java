package dev.jbuild.check;

import dev.jbuild.oci.OciJson;
import java.util.List;

/// What `jbuild lint` prints when there is no file to check, in the forms of [LintReport].
///
/// @param file as the user names it
/// @param reason why nobody can read it
record UnreadableReport(String file, String reason) {
    private static final String RULE = "unreadable";

    /// {@return the report, line by line}
    List<String> lines(LintRequest.Format format) {
        return List.of(
                switch (format) {
                    case TEXT -> "Check not complete.";
                    case JSON -> json();
                    case SARIF -> SarifReport.unreadable(file, reason);
                    case GITHUB ->
                        "::error file=" + LintReport.escapedProperty(file) + ",title=" + RULE + "::"
                                + LintReport.escaped(reason);
                });
    }

    private String json() {
        var report = OciJson.newObject();
        report.putArray("warnings");
        report.putArray("sources");
        report.putObject("buildError").put("message", reason);
        report.putArray("buildErrors").addObject().put("rule", RULE).put("message", reason);
        return ReportJson.print(report);
    }
}
