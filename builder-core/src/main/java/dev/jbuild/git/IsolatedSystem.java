package dev.jbuild.git;

import java.io.File;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// What JGit may know of this machine: nothing. No configuration of the system or of a user, no environment, and so no
/// program that one of them names, decides what a checkout is.
final class IsolatedSystem extends SystemReader.Delegate {
    private static final SystemReader INSTANCE = new IsolatedSystem();

    private IsolatedSystem() {
        super(SystemReader.getInstance());
    }

    /// Before anything else of JGit is used.
    static void install() {
        if (SystemReader.getInstance() != INSTANCE) {
            SystemReader.setInstance(INSTANCE);
        }
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    public @Nullable String getenv(String variable) {
        return null;
    }

    @Override
    public @Nullable String getProperty(String key) {
        return switch (key) {
            case "user.name" -> "jbuild";
            case "user.home" -> "/nonexistent";
            default -> System.getProperty(key);
        };
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public ZoneOffset getTimeZoneAt(Instant when) {
        return ZoneOffset.UTC;
    }

    @Override
    public ZoneId getTimeZoneId() {
        return ZoneOffset.UTC;
    }

    /// A configuration file that says nothing and is never opened.
    private static final class NoConfig extends FileBasedConfig {
        NoConfig(@Nullable Config parent, FS fs) {
            super(parent, new File("/nonexistent/gitconfig"), fs);
        }

        @Override
        public void load() {
            clear();
        }

        @Override
        public void save() {
            throw new IllegalStateException("nothing is configured");
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
