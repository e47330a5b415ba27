package dev.jbuild.git;

import org.eclipse.jgit.lib.ProgressMonitor;

/// Ends a fetch whose thread is interrupted.
final class Interruptible implements ProgressMonitor {
    private final Thread owner = Thread.currentThread();

    @Override
    public void start(int tasks) {}

    @Override
    public void beginTask(String title, int work) {}

    @Override
    public void update(int completed) {}

    @Override
    public void endTask() {}

    @Override
    public boolean isCancelled() {
        return owner.isInterrupted();
    }

    @Override
    public void showDuration(boolean enabled) {}
}
