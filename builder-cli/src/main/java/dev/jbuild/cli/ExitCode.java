package dev.jbuild.cli;

import dev.jbuild.build.BuildStepException;
import dev.jbuild.build.UnavailableSourceException;
import dev.jbuild.collect.PolicyException;
import dev.jbuild.context.ContextException;
import dev.jbuild.copy.CopyException;
import dev.jbuild.debug.MalformedCaseException;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.export.OutputException;
import dev.jbuild.lint.CheckOptionException;
import dev.jbuild.oci.CorruptContentException;
import dev.jbuild.oci.ImageException;
import dev.jbuild.oci.InvalidReferenceException;
import dev.jbuild.operation.StepInputException;
import dev.jbuild.sandbox.SandboxUnavailableException;
import dev.jbuild.state.StateException;
import dev.jbuild.user.UserException;
import java.io.IOException;

/// What a script can tell failures apart by. An end by a signal is 128 and its number.
enum ExitCode {
    DONE(0, "done"),
    STEP_FAILED(1, "a step of the build failed, or lint or check found something"),
    USAGE(2, "wrong usage or Dockerfile"),
    REGISTRY(3, "registry or network failed"),
    STORAGE(4, "cannot read or write the store or a result"),
    NO_SANDBOX(5, "no sandbox can be made on this machine"),
    BUG(6, "a mistake in jbuild");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    /// {@return what the help says of it}
    String meaning() {
        return meaning;
    }

    static ExitCode of(Throwable failure) {
        return switch (failure) {
            case BuildStepException _ -> STEP_FAILED;
            case UsageException _, DockerfileException _, OutputException _, InvalidReferenceException _ -> USAGE;
            case MalformedCaseException _, CheckOptionException _, PolicyException _ -> USAGE;
            // A file or user that an instruction names and that is not there.
            case StepInputException _, ContextException _, CopyException _, UserException _ -> USAGE;
            case ImageException _, CorruptContentException _, UnavailableSourceException _ -> REGISTRY;
            case SandboxUnavailableException _ -> NO_SANDBOX;
            case StateException _, IOException _ -> STORAGE;
            default -> BUG;
        };
    }
}
