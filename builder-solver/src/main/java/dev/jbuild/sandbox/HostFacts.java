package dev.jbuild.sandbox;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.DirectoryEntry;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileType;
import dev.jbuild.linux.ResourceLimit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringTokenizer;

/// What the script of a step depends on besides its spec.
///
/// @param ownUserNamespace whether jbuild itself runs as root of a user namespace, for an ordinary user
/// @param groupsFixed whether supplementary groups cannot be changed, as in a user namespace of only one id
/// @param terminalGroup whether there is a group 5, which owns terminals
/// @param openFiles how many open files may be allowed to a step at most
/// @param thermalThrottles of the processors, relative to `/sys`
record HostFacts(
        boolean ownUserNamespace,
        boolean groupsFixed,
        boolean terminalGroup,
        long openFiles,
        List<String> thermalThrottles) {
    private static final long MOST_OPEN_FILES = 524_288;
    private static final String PROCESSORS = "devices/system/cpu";

    HostFacts {
        thermalThrottles = List.copyOf(thermalThrottles);
    }

    static HostFacts read() throws IOException {
        long hard = ResourceLimit.OPEN_FILES.hard();
        return new HostFacts(
                !mapsEverything(idMap("/proc/self/uid_map")),
                read("/proc/self/setgroups").startsWith("deny"),
                maps(idMap("/proc/self/gid_map"), 5),
                hard < 0 ? MOST_OPEN_FILES : Math.min(hard, MOST_OPEN_FILES),
                findThermalThrottles());
    }

    /// Rows of "first id inside, first id outside, count".
    private static List<long[]> idMap(String path) throws IOException {
        var rows = new ArrayList<long[]>();
        for (String line : read(path).lines().toList()) {
            var fields = new StringTokenizer(line);
            rows.add(new long[] {nextNumber(fields), nextNumber(fields), nextNumber(fields)});
        }
        return rows;
    }

    private static String read(String path) throws IOException {
        try (Fd file = Fd.open(ByteString.of(path));
                InputStream stream = file.inputStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static long nextNumber(StringTokenizer fields) {
        return Long.parseLong(fields.nextToken());
    }

    private static boolean mapsEverything(List<long[]> rows) {
        return rows.size() == 1 && rows.getFirst()[1] == 0 && rows.getFirst()[2] == 0xffffffffL;
    }

    private static boolean maps(List<long[]> rows, long id) {
        return rows.stream().anyMatch(row -> row[0] <= id && id < row[0] + row[2]);
    }

    private static List<String> findThermalThrottles() throws IOException {
        var found = new ArrayList<String>();
        ByteString throttle = ByteString.of("thermal_throttle");
        try (Directory processors = Directory.open(ByteString.of("/sys/" + PROCESSORS))) {
            for (DirectoryEntry entry : processors.entries()) {
                if (entry.type() == FileType.DIRECTORY
                        && processors.contains(entry.name().resolve(throttle))) {
                    found.add(PROCESSORS + "/" + entry.name() + "/" + throttle);
                }
            }
        }
        Collections.sort(found);
        return found;
    }
}
