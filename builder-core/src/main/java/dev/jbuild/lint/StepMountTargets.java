package dev.jbuild.lint;

import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.RunMount;
import java.util.List;
import java.util.Set;

/// What a RUN keeps out of its layer by mounting something there.
final class StepMountTargets {
    private static final Set<String> TARGET_KEYS = Set.of("target", "dst", "destination");

    private StepMountTargets() {}

    /// Whether a cache is mounted anywhere.
    static boolean hasCache(Instruction.Run run) {
        return run.mounts().stream()
                .anyMatch(mount -> value(mount, Set.of("type")).equals("cache"));
    }

    /// Whether a cache or a tmpfs is mounted at one of these directories, above or below one, or where only a variable
    /// tells.
    static boolean cover(Instruction.Run run, List<String> directories) {
        for (var mount : run.mounts()) {
            var type = value(mount, Set.of("type"));
            var target = value(mount, TARGET_KEYS);
            if ((type.equals("cache") || type.equals("tmpfs"))
                    && (target.contains("$") || directories.stream().anyMatch(directory -> meet(directory, target)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean meet(String directory, String target) {
        return directory.startsWith(target) || target.startsWith(directory);
    }

    private static String value(RunMount mount, Set<String> keys) {
        for (var option : mount.options()) {
            if (keys.contains(option.key().value()) && option.value() != null) {
                return option.value().text();
            }
        }
        return "";
    }
}
