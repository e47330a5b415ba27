package dev.jbuild.collect;

import dev.jbuild.linux.Errno;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.snapshot.StoredLayers;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The size that the store has after each build, at most: everything counts, images, metadata and mounts too.
///
/// The store is measured only when something was added since it was last, without a look into its trees. What a
/// tagged image needs, or a running build, stays even above the limit.
public final class CacheLimit {
    /// As BuildKit has it: the smaller of both.
    private static final String DEFAULT_SHARE = "80%";

    private static final long DEFAULT_BYTES = 100_000_000_000L;
    private static final String OFF = "off";

    private final @Nullable String setting;

    private CacheLimit(@Nullable String setting) {
        this.setting = setting;
    }

    /// {@return the limit that a setting says}
    ///
    /// @param setting a size, a share of the file system such as `50%`, or `off`; null or empty for the default,
    ///     four fifths of the file system and at most 100 GB
    /// @throws PolicyException when it is none of these
    public static CacheLimit of(@Nullable String setting) {
        if (setting == null || setting.isEmpty()) {
            return new CacheLimit(null);
        }
        if (!setting.equals(OFF)) {
            long ignored = Amounts.bytes(setting, 0);
        }
        return new CacheLimit(setting);
    }

    /// Removes what is worth least when the store is above its limit, a tenth more than needed, so that not each
    /// build has to.
    ///
    /// @return what was done; nothing when nothing was to do, or another process is at it
    public Optional<Collection> enforce(StateDirectory state) throws IOException, InterruptedException {
        if (OFF.equals(setting) || !claim(state)) {
            return Optional.empty();
        }
        long limit = bytes(state);
        if (Inventory.of(state, StoredLayers.Measure.NOTED).bytes() <= limit) {
            return Optional.empty();
        }
        Optional<Collection> done =
                GarbageCollector.tryCollect(state, StoredLayers.Measure.NOTED, Policy.limit(limit - limit / 10));
        if (done.isEmpty()) {
            // Whoever is at it may have looked before our layers came.
            boolean ignored = state.removeFile(StateDirectory.measuredStamp());
        }
        return done;
    }

    /// Says that the store is measured now. Whoever adds something takes that back, also while we measure.
    private static boolean claim(StateDirectory state) throws IOException {
        try (Fd stamp = state.directory().createFile(StateDirectory.measuredStamp(), 0600)) {
            return stamp != null;
        } catch (LinuxException failure) {
            if (failure.is(Errno.EEXIST)) {
                return false;
            }
            throw failure;
        }
    }

    private long bytes(StateDirectory state) throws IOException {
        long total = Files.getFileStore(state.root()).getTotalSpace();
        return setting == null
                ? Math.min(Amounts.bytes(DEFAULT_SHARE, total), DEFAULT_BYTES)
                : Amounts.bytes(setting, total);
    }
}
