package dev.jbuild.event;

/// Receives the events of a build. Called by many threads at once; must not block for long, and must not throw.
@FunctionalInterface
public interface BuildListener {
    void on(BuildEvent event);

    /// {@return a listener that drops everything}
    static BuildListener none() {
        return event -> {};
    }
}
