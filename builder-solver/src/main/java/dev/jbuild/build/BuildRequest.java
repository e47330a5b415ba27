package dev.jbuild.build;

/// What the user asked for.
public record BuildRequest(String context) {}
