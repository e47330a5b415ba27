package dev.jbuild.sandbox;

/// What is known of a step that has ended.
public record SandboxResult(StepStatus status) {}
