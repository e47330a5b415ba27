package dev.jbuild.store;

/// How thoroughly the store is checked.
///
/// @param deep whether every byte is read
public record CheckRequest(boolean deep, ReportFormat format) {}
