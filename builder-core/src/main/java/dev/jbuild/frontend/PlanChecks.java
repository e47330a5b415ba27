package dev.jbuild.frontend;

import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.lint.CheckOptions;
import dev.jbuild.lint.Findings;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The build checks that need to know what variables are worth and what an image's config says. They look on while a
/// file is planned and change nothing of the plan.
public final class PlanChecks {
    private final Findings findings;
    private final IgnoreSource ignoreSource;
    private final DeclaredArguments declared = new DeclaredArguments();
    private @Nullable IgnorePatterns ignored;

    /// Where the ignore patterns of the build context come from.
    @FunctionalInterface
    public interface IgnoreSource {
        /// {@return the patterns}; asked at most once, and only if a file is copied from the context.
        IgnorePatterns read() throws IOException;
    }

    /// @param findings takes what is found
    public PlanChecks(Findings findings, IgnoreSource ignoreSource) {
        this.findings = findings;
        this.ignoreSource = ignoreSource;
    }

    /// {@return checks whose findings nobody hears of}
    static PlanChecks none() {
        return new PlanChecks(new Findings(CheckOptions.parse("skip=all")), () -> IgnorePatterns.NONE);
    }

    Findings findings() {
        return findings;
    }

    /// {@return what there is to say of build arguments that no ARG of the file or of its base images' triggers takes}
    /// To be asked when the file is planned.
    ///
    /// @param given names of the build arguments
    public List<String> unusedArguments(Dockerfile dockerfile, Set<String> given) {
        return new UnusedBuildArguments(dockerfile, declared.names()).among(given);
    }

    DeclaredArguments declared() {
        return declared;
    }

    IgnorePatterns ignored() throws IOException {
        @Nullable IgnorePatterns known = ignored;
        if (known == null) {
            known = ignoreSource.read();
            ignored = known;
        }
        return known;
    }
}
