package dev.jbuild.check;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.frontend.Frontend;
import dev.jbuild.frontend.OfflineImages;
import dev.jbuild.terminal.Terminal;
import java.io.IOException;

/// `--call=outline` and `--call=targets`: what a Dockerfile offers, without a registry, a store or a build.
public final class DescribeCommand {
    private DescribeCommand() {}

    /// Prints what was asked for.
    ///
    /// @throws dev.jbuild.dockerfile.DockerfileException when the file cannot be planned
    public static void run(DescriptionRequest request, Terminal terminal) throws IOException, InterruptedException {
        var dockerfile = parse(request.subject());
        var text = switch (request.topic()) {
            case OUTLINE -> outline(dockerfile, request);
            case TARGETS -> {
                var targets = new TargetsReport(dockerfile);
                yield request.json() ? targets.json() : targets.text();
            }
        };
        if (!text.isEmpty()) {
            terminal.result(text);
        }
    }

    private static Dockerfile parse(Subject subject) throws IOException, InterruptedException {
        try {
            return Dockerfile.parse(subject.read());
        } catch (DockerfileException problem) {
            throw Frontend.withRest(problem, subject.options(), false);
        }
    }

    private static String outline(Dockerfile dockerfile, DescriptionRequest request)
            throws IOException, InterruptedException {
        var outline = Frontend.outline(dockerfile, request.subject().options(), OfflineImages.unknown());
        var report = new OutlineReport(dockerfile.source(), outline);
        return request.json() ? report.json() : report.text();
    }
}
