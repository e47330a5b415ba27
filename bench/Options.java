import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// What was asked for.
///
/// @param home the checkout of jbuild
/// @param runs rounds of each workload
/// @param peers names of builders that jbuild is compared with
/// @param results the JSON file to write
/// @param work where the workspace is made
record Options(Path home, List<Workload> workloads, int runs, List<String> peers, Path results, Path work) {
    private static final List<String> PEERS = List.of("docker", "buildah");

    /// @param arguments the checkout, then those of the user
    static Options parse(String... arguments) {
        Path home = Path.of(arguments[0]).normalize();
        List<Workload> workloads = new ArrayList<>();
        int runs = 5;
        List<String> peers = PEERS;
        String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
        Path results = home.resolve("bench/results/" + time + ".json");
        Path work = Path.of("/var/tmp");
        for (int index = 1; index < arguments.length; index++) {
            String argument = arguments[index];
            if (!argument.startsWith("-")) {
                workloads.add(Workload.named(argument));
                continue;
            }
            if (index + 1 == arguments.length) {
                throw new IllegalArgumentException("unknown option, or one without a value: '" + argument + "'");
            }
            String value = arguments[++index];
            switch (argument) {
                case "--runs" -> runs = count(value);
                case "--peers" -> peers = peers(value);
                case "--results" -> results = Path.of(value).toAbsolutePath();
                case "--work" -> work = Path.of(value).toAbsolutePath();
                default -> throw new IllegalArgumentException("unknown option: '" + argument + "'");
            }
        }
        return new Options(home, workloads.isEmpty() ? Workload.USUAL : workloads, runs, peers, results, work);
    }

    private static int count(String value) {
        try {
            int runs = Integer.parseInt(value);
            if (runs > 0) {
                return runs;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for 0.
        }
        throw new IllegalArgumentException("--runs needs a number from 1, got '" + value + "'");
    }

    private static List<String> peers(String value) {
        List<String> peers = value.isEmpty() || value.equals("none") ? List.of() : List.of(value.split(","));
        for (String peer : peers) {
            if (!PEERS.contains(peer)) {
                throw new IllegalArgumentException("no such peer: '" + peer + "' (docker, buildah, none)");
            }
        }
        return peers;
    }
}
