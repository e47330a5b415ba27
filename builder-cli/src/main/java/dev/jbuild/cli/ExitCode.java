package dev.jbuild.cli;

import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.state.StateException;
import java.io.IOException;

/// What a script can tell failures apart by. An end by a signal is 128 and its number.
enum ExitCode {
    DONE(0),
    STEP_FAILED(1),
    USAGE(2),
    REGISTRY(3),
    STORAGE(4),
    NO_SANDBOX(5),
    BUG(6);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ExitCode of(Throwable failure) {
        return switch (failure) {
            case UsageException _, DockerfileException _ -> USAGE;
            case IOException _, StateException _ -> STORAGE;
            default -> BUG;
        };
    }
}
