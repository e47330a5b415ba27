package dev.jbuild.frontend;

import org.jspecify.annotations.Nullable;

/// What variables mean at one place of a Dockerfile.
@FunctionalInterface
public interface Scope {
    /// {@return the value of a variable, or null when it is unset}
    @Nullable
    String value(String name);
}
