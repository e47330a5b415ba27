package dev.jbuild.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.lint.Finding;
import dev.jbuild.lint.FindingExcerpt;
import dev.jbuild.oci.OciJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Findings in the two forms in which BuildKit's tools print them.
///
/// @param found by line
/// @param problem why the file cannot be built; null when it can
record LintReport(
        SourceFile source, List<Finding> found, @Nullable DockerfileException problem) {
    LintReport {
        found = List.copyOf(found);
    }

    /// {@return the report for people, without a line break at its end}
    String text() {
        var out = new StringBuilder();
        if (found.isEmpty()) {
            out.append(problem == null ? "Check complete, no warnings found." : "Check not complete.");
        } else {
            out.append("Check complete, ")
                    .append(
                            found.size() == 1
                                    ? "1 warning has been found!"
                                    : found.size() + " warnings have been found!")
                    .append('\n');
        }
        var excerpt = new FindingExcerpt(source);
        for (var finding : found) {
            var url = finding.rule().url();
            out.append("\nWARNING: ").append(finding.rule().title());
            out.append(url == null ? "" : " - " + url).append('\n');
            out.append(finding.detail()).append('\n');
            out.append(excerpt.of(finding.range()));
        }
        return out.toString().stripTrailing();
    }

    /// {@return the report for tools}
    String json() {
        var report = OciJson.newObject();
        var warnings = report.putArray("warnings");
        for (var finding : found) {
            var warning = warnings.addObject();
            warning.put("ruleName", finding.rule().title());
            warning.put("description", finding.rule().description());
            if (finding.rule().url() != null) {
                warning.put("url", finding.rule().url());
            }
            warning.put("detail", finding.detail());
            ReportJson.putLocation(warning, finding.range());
        }
        var file = report.putArray("sources").addObject();
        file.put("filename", source.name());
        file.put("language", "Dockerfile");
        file.put("data", ReportJson.base64(source));
        if (problem != null) {
            var first = problem.diagnostics().stream()
                    .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
                    .findFirst()
                    .orElse(problem.diagnostics().getFirst());
            var error = report.putObject("buildError");
            error.put("message", first.message());
            ReportJson.putLocation(error, first.range());
            addErrors(report.putArray("buildErrors"), problem);
        }
        return ReportJson.print(report);
    }

    /// BuildKit tells one error; its tools pass over this key.
    private static void addErrors(ArrayNode errors, DockerfileException problem) {
        for (var diagnostic : problem.diagnostics()) {
            if (diagnostic.severity() == Diagnostic.Severity.ERROR) {
                var error = errors.addObject();
                error.put("rule", diagnostic.rule());
                error.put("message", diagnostic.message());
                ReportJson.putText(error, "help", diagnostic.help() == null ? "" : diagnostic.help());
                ReportJson.putLocation(error, diagnostic.range());
            }
        }
    }

    /// {@return the findings, and what is wrong with the file, as commands that GitHub's runner reads from a log}
    ///
    /// @see <a href="https://docs.github.com/actions/reference/workflow-commands-for-github-actions">Commands</a>
    List<String> workflowCommands() {
        var commands = new ArrayList<String>();
        for (var finding : found) {
            commands.add(command("warning", finding.range(), finding.rule().title(), finding.detail()));
        }
        for (var error : problem == null ? List.<Diagnostic>of() : problem.diagnostics()) {
            commands.add(command("error", error.range(), error.rule(), error.message()));
        }
        return commands;
    }

    private String command(String level, SourceRange range, String title, String message) {
        return "::" + level + " file="
                + escapedProperty(source.name())
                + ",line=" + range.startLine()
                + ",col=" + range.startColumn()
                + ",title=" + title + "::" + escaped(message);
    }

    static String escapedProperty(String text) {
        return escaped(text).replace(":", "%3A").replace(",", "%2C");
    }

    static String escaped(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
