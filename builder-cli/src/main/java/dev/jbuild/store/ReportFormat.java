package dev.jbuild.store;

/// How a command on the store reports.
public enum ReportFormat {
    /// For people.
    TABLE,
    /// For tools.
    JSON
}
