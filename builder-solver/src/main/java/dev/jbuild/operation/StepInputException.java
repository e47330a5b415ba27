package dev.jbuild.operation;

import dev.jbuild.graph.Label;

/// A step asks for something that does not exist or cannot be done: a file, a user, a destination.
public final class StepInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Label label;

    StepInputException(Label label, RuntimeException cause) {
        super(cause.getMessage(), cause);
        this.label = label;
    }

    /// {@return the step and the instruction it came from}
    public Label label() {
        return label;
    }
}
