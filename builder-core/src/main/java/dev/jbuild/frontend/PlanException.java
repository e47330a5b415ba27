package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.SourceRange;
import org.jspecify.annotations.Nullable;

/// An instruction that cannot be planned; caught where the diagnostics of a file are collected.
final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Diagnostic diagnostic;
    private boolean dependsOnBase;

    PlanException(String rule, SourceRange range, String message, @Nullable String help) {
        super(message);
        diagnostic = Diagnostic.error(rule, range, message, help);
    }

    /// {@return this, as something that another base image may make right}
    PlanException dependingOnBase() {
        dependsOnBase = true;
        return this;
    }

    boolean dependsOnBase() {
        return dependsOnBase;
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
