package dev.jbuild.build;

import dev.jbuild.context.IgnoreFile;
import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.event.BuildEvent;
import dev.jbuild.event.BuildListener;
import dev.jbuild.frontend.PlanChecks;
import dev.jbuild.lint.CheckOptions;
import dev.jbuild.lint.FileChecks;
import dev.jbuild.lint.Finding;
import dev.jbuild.lint.FindingExcerpt;
import dev.jbuild.lint.Findings;
import dev.jbuild.lint.Rule;
import dev.jbuild.linux.ByteString;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The build checks of one build. What they find is said and stops nothing, unless the file asks for that.
///
/// @see <a href="https://docs.docker.com/build/checks/">Build checks</a>
final class BuildChecks {
    private final Dockerfile dockerfile;
    private final BuildRequest request;
    private final CheckOptions options;
    private final Findings findings;
    private final PlanChecks plan;

    /// Begins with what shows in the file alone.
    ///
    /// @throws dev.jbuild.lint.CheckOptionException when the options of the checks are none
    BuildChecks(Dockerfile dockerfile, BuildRequest request) {
        this.dockerfile = dockerfile;
        this.request = request;
        this.options = CheckOptions.of(dockerfile, request.buildArguments());
        // A platform that is ignored makes another image than was asked for: that is said unasked.
        this.findings = new Findings(options.asking(Set.of(Rule.STAGE_PLATFORM.title())));
        FileChecks.check(dockerfile, findings);
        ByteString context = bytes(request.context());
        ByteString file = bytes(DockerfileSource.path(request));
        this.plan = new PlanChecks(findings, () -> IgnoreFile.choose(context, file));
    }

    /// {@return the checks that look on while the file is planned}
    PlanChecks plan() {
        return plan;
    }

    /// Tells everything that was found.
    ///
    /// @throws DockerfileException when the file wants none of it
    void report(BuildListener listener) {
        List<Finding> found = findings.inOrder();
        var excerpt = new FindingExcerpt(dockerfile.source());
        for (Finding finding : found) {
            listener.on(new BuildEvent.Warning(finding.summary(), details(finding, excerpt)));
        }
        for (String message :
                plan.unusedArguments(dockerfile, request.buildArguments().keySet())) {
            listener.on(new BuildEvent.Warning(message, ""));
        }
        for (String message : request.fresh().unknown(dockerfile.stages())) {
            listener.on(new BuildEvent.Warning(message, ""));
        }
        if (options.error()) {
            fail(found.stream()
                    .filter(finding -> finding.rule() != Rule.STAGE_PLATFORM || options.allows(Rule.STAGE_PLATFORM))
                    .toList());
        }
    }

    private static String details(Finding finding, FindingExcerpt excerpt) {
        var rule = finding.rule();
        String more = rule.url() == null ? "" : "\nMore info: " + rule.url();
        return rule.description() + more + "\n" + excerpt.of(finding.range());
    }

    private void fail(List<Finding> found) {
        if (found.isEmpty()) {
            return;
        }
        List<String> rules =
                found.stream().map(finding -> finding.rule().title()).distinct().toList();
        throw new DockerfileException(
                dockerfile.source(),
                List.of(Diagnostic.error(
                        "lint",
                        found.getFirst().range(),
                        "lint violation found for rules: " + String.join(", ", rules),
                        "the file asks for this with error=true")));
    }

    private static ByteString bytes(Path path) {
        return ByteString.of(path.toString());
    }
}
