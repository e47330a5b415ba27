package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.SourceRange;
import org.jspecify.annotations.Nullable;

/// An instruction that cannot be planned; caught where the diagnostics of a file are collected.
final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Diagnostic diagnostic;

    PlanException(String rule, SourceRange range, String message, @Nullable String help) {
        super(message);
        diagnostic = Diagnostic.error(rule, range, message, help);
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
