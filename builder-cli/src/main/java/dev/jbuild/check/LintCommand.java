package dev.jbuild.check;

import dev.jbuild.context.ContextException;
import dev.jbuild.context.IgnoreFile;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.frontend.Frontend;
import dev.jbuild.frontend.PlanChecks;
import dev.jbuild.lint.CheckOptions;
import dev.jbuild.lint.FileChecks;
import dev.jbuild.lint.Finding;
import dev.jbuild.lint.Findings;
import dev.jbuild.lint.Rule;
import dev.jbuild.lint.Spelling;
import dev.jbuild.linux.ByteString;
import dev.jbuild.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `jbuild lint`: checks a Dockerfile without a registry, a store or a build.
public final class LintCommand {
    private static final List<String> RULE_NAMES =
            Stream.of(Rule.values()).map(Rule::title).toList();

    private final LintRequest request;
    private final Subject subject;
    private final Terminal terminal;

    private LintCommand(LintRequest request, Terminal terminal) {
        this.request = request;
        this.subject = request.subject();
        this.terminal = terminal;
    }

    /// Prints what is found.
    ///
    /// @return whether nothing is, or it does not matter
    /// @throws dev.jbuild.lint.CheckOptionException when the argument with the options is none
    public static boolean run(LintRequest request, Terminal terminal) throws IOException, InterruptedException {
        return new LintCommand(request, terminal).run();
    }

    private boolean run() throws IOException, InterruptedException {
        try {
            return check(subject.read());
        } catch (ContextException unreadable) {
            var report = new UnreadableReport(subject.dockerfile().toString(), reason(unreadable));
            for (var line : report.lines(request.format())) {
                terminal.result(line);
            }
            if (isForPeople()) {
                terminal.message("jbuild: " + report.reason());
            }
        } catch (DockerfileException refused) {
            // No text: too large, or in another encoding.
            print(new LintReport(refused.source(), List.of(), refused));
        }
        return request.ignoreStatus();
    }

    private String reason(ContextException unreadable) {
        var inContext = subject.context().resolve(subject.dockerfile());
        var isRelative = !Files.exists(subject.dockerfile()) && Files.exists(inContext);
        return unreadable.getMessage()
                + (isRelative ? " (-f is relative to the current directory: -f " + inContext + ")" : "");
    }

    private boolean check(SourceFile source) throws IOException, InterruptedException {
        List<Finding> found = List.of();
        DockerfileException problem = null;
        try {
            var dockerfile = Dockerfile.parse(source);
            var options = CheckOptions.of(dockerfile, subject.buildArguments()).asking(request.rules());
            tellUnknown(options);
            var findings = new Findings(options);
            FileChecks.check(dockerfile, findings);
            var images = new UnknownImages();
            problem = plan(dockerfile, findings, images);
            found = findings.inOrder().stream()
                    // The image may well define the variable; nobody asked it.
                    .filter(finding -> !images.wereAsked() || finding.rule() != Rule.UNDEFINED_VAR)
                    .toList();
        } catch (DockerfileException refused) {
            problem = Frontend.withRest(refused, subject.options(), true);
        }
        print(new LintReport(source, found, problem));
        return request.ignoreStatus() || (found.isEmpty() && problem == null);
    }

    /// A rule that is misspelled would stay on, or off, without a word.
    private void tellUnknown(CheckOptions options) {
        for (var name : options.unknownNames()) {
            terminal.message("note: the check options name '" + name + "', which is no rule"
                    + Spelling.hint(name, RULE_NAMES, ""));
        }
    }

    private @Nullable DockerfileException plan(Dockerfile dockerfile, Findings findings, UnknownImages images)
            throws IOException, InterruptedException {
        var context = ByteString.of(subject.context().toString());
        var file = ByteString.of(subject.dockerfile().toString());
        var checks = new PlanChecks(findings, () -> IgnoreFile.choose(context, file));
        try {
            Frontend.check(dockerfile, subject.options(), images, checks);
            for (var message :
                    checks.unusedArguments(dockerfile, subject.buildArguments().keySet())) {
                terminal.message("note: " + message);
            }
            return null;
        } catch (DockerfileException refused) {
            return refused;
        }
    }

    private void print(LintReport report) throws IOException {
        switch (request.format()) {
            case TEXT -> terminal.result(report.text());
            case SARIF -> terminal.result(new SarifReport(report).json());
            case JSON -> terminal.result(report.json());
            case GITHUB -> {
                for (var line : report.workflowCommands()) {
                    terminal.result(line);
                }
            }
        }
        var problem = report.problem();
        if (problem != null && isForPeople()) {
            terminal.message(problem.render().stripTrailing());
        }
    }

    private boolean isForPeople() {
        return request.format() == LintRequest.Format.TEXT || request.format() == LintRequest.Format.GITHUB;
    }
}
