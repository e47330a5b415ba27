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
import dev.jbuild.lint.Findings;
import dev.jbuild.linux.ByteString;
import java.nio.file.Path;
import java.util.List;

/// The build checks of one build. What they find is said and stops nothing, unless the file asks for that.
///
/// @see <a href="https://docs.docker.com/build/checks/">Build checks</a>
final class BuildChecks {
    private final Dockerfile dockerfile;
    private final BuildRequest request;
    private final Findings findings;

    /// Begins with what shows in the file alone.
    ///
    /// @throws dev.jbuild.lint.CheckOptionException when the options of the checks are none
    BuildChecks(Dockerfile dockerfile, BuildRequest request) {
        this.dockerfile = dockerfile;
        this.request = request;
        this.findings = new Findings(CheckOptions.of(dockerfile, request.buildArguments()));
        FileChecks.check(dockerfile, findings);
    }

    /// {@return the checks that look on while the file is planned}
    PlanChecks plan() {
        ByteString context = bytes(request.context().toAbsolutePath().normalize());
        ByteString file = bytes(DockerfileSource.path(request));
        return new PlanChecks(findings, () -> IgnoreFile.choose(context, file));
    }

    /// Tells everything that was found.
    ///
    /// @throws DockerfileException when the file wants none of it
    void report(BuildListener listener) {
        List<Finding> found = findings.inOrder();
        for (Finding finding : found) {
            listener.on(new BuildEvent.Notice(BuildEvent.Level.WARNING, finding.summary()));
        }
        if (findings.options().error() && !found.isEmpty()) {
            throw new DockerfileException(
                    dockerfile.source(),
                    List.of(Diagnostic.error(
                            "lint",
                            found.getFirst().range(),
                            "lint violation found for rules: " + String.join(", ", findings.brokenRules()),
                            "the file asks for this with error=true")));
        }
    }

    private static ByteString bytes(Path path) {
        return ByteString.of(path.toString());
    }
}
