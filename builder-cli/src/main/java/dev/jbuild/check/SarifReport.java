package dev.jbuild.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.lint.Rule;
import dev.jbuild.oci.OciJson;
import java.util.ArrayList;
import java.util.List;

/// Findings as SARIF, the form in which code scanning services take them. Columns count code points.
///
/// @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
record SarifReport(LintReport report) {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    /// What errors of the Dockerfile itself are called; their own names are stable, but no rules of a linter.
    private static final String BUILD_ERROR = "jbuild/BuildError";

    /// {@return a log about a file that nobody can read}
    static String unreadable(String file, String reason) {
        var log = newLog();
        var run = log.putArray("runs").addObject();
        var driver = run.putObject("tool").putObject("driver");
        driver.put("name", "jbuild");
        addBuildError(driver.putArray("rules"));
        var result = run.putArray("results").addObject();
        result.put("ruleId", BUILD_ERROR);
        result.put("ruleIndex", 0);
        result.put("level", "error");
        result.putObject("message").put("text", reason);
        putArtifact(result, file);
        return ReportJson.print(log);
    }

    private static ObjectNode newLog() {
        var log = OciJson.newObject();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        return log;
    }

    String json() {
        var log = newLog();
        var run = log.putArray("runs").addObject();
        var rules = rules();
        putDriver(run, rules);
        run.put("columnKind", "unicodeCodePoints");
        var results = run.putArray("results");
        for (var finding : report.found()) {
            var result = results.addObject();
            result.put("ruleId", finding.rule().title());
            result.put("ruleIndex", rules.indexOf(finding.rule()));
            result.put("level", "warning");
            result.putObject("message").put("text", finding.detail());
            putLocation(result, finding.range());
        }
        addErrors(results, rules.size());
        return ReportJson.print(log);
    }

    /// The rules that something was found of.
    private List<Rule> rules() {
        var rules = new ArrayList<Rule>();
        for (var finding : report.found()) {
            if (!rules.contains(finding.rule())) {
                rules.add(finding.rule());
            }
        }
        return rules;
    }

    private void putDriver(ObjectNode run, List<Rule> rules) {
        var driver = run.putObject("tool").putObject("driver");
        driver.put("name", "jbuild");
        var descriptors = driver.putArray("rules");
        for (var rule : rules) {
            var descriptor = descriptors.addObject();
            descriptor.put("id", rule.title());
            descriptor.put("name", rule.title().substring(rule.title().indexOf('/') + 1));
            descriptor.putObject("shortDescription").put("text", rule.description());
            // An address has to be absolute, and that of our own pages depends on where this repository lies.
            if (rule.url() != null && !rule.isOwn()) {
                descriptor.put("helpUri", rule.url());
            }
            descriptor.putObject("help").put("text", rule.description() + ". See " + rule.page() + " of jbuild.");
            descriptor.putObject("defaultConfiguration").put("level", "warning");
        }
        if (report.problem() != null) {
            addBuildError(descriptors);
        }
    }

    private static void addBuildError(ArrayNode descriptors) {
        var descriptor = descriptors.addObject();
        descriptor.put("id", BUILD_ERROR);
        descriptor.putObject("shortDescription").put("text", "The Dockerfile cannot be built");
        descriptor.putObject("defaultConfiguration").put("level", "error");
    }

    private void addErrors(ArrayNode results, int ruleIndex) {
        var problem = report.problem();
        if (problem == null) {
            return;
        }
        for (var diagnostic : problem.diagnostics()) {
            var result = results.addObject();
            result.put("ruleId", BUILD_ERROR);
            result.put("ruleIndex", ruleIndex);
            result.put("level", diagnostic.severity() == Diagnostic.Severity.ERROR ? "error" : "warning");
            var help = diagnostic.help() == null ? "" : " (" + diagnostic.help() + ")";
            result.putObject("message").put("text", diagnostic.message() + help);
            putLocation(result, diagnostic.range());
        }
    }

    private static ObjectNode putArtifact(ObjectNode result, String file) {
        var place = result.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", FileUri.of(file));
        return place;
    }

    private void putLocation(ObjectNode result, SourceRange range) {
        var place = putArtifact(result, report.source().name());
        var region = place.putObject("region");
        region.put("startLine", range.startLine());
        region.put("startColumn", range.startColumn());
        region.put("endLine", range.endLine());
        region.put("endColumn", range.endColumn());
    }
}
