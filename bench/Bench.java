import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Has each builder do each workload, in turn, and reports. `bench/run` starts it.
final class Bench {
    private final Options options;
    private final Workspace work;
    private final List<String> skipped = new ArrayList<>();
    private final List<Builder> builders = new ArrayList<>();

    private final Path contexts;
    /// Brings the base image into a store, unpacked for a RUN.
    private final Path base;

    private Bench(Options options, Workspace work) throws IOException {
        this.options = options;
        this.work = work;
        this.contexts = work.directory("contexts");
        this.base = Context.create(contexts.resolve("base"), 0, Dockerfiles.FROM + "RUN true\n")
                .directory();
    }

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        if (!(Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid) || uid != 0) {
            System.err.println("bench: needs root, as the daemons it starts do");
            System.exit(2);
        }
        String loadBefore = load();
        try (Workspace work = Workspace.in(options.work())) {
            Bench bench = new Bench(options, work);
            bench.open();
            List<Result> results = new ArrayList<>();
            try {
                for (Workload workload : options.workloads()) {
                    results.addAll(bench.run(workload));
                }
            } finally {
                // What was measured before a failure took its time: it is not lost with it.
                bench.report(loadBefore, results);
            }
        }
    }

    private void report(String loadBefore, List<Result> results) throws IOException {
        Report report = new Report(facts(loadBefore), names(), results);
        Files.createDirectories(options.results().getParent());
        Files.writeString(options.results(), report.json());
        System.out.print(report.markdown());
        System.err.println("bench: wrote " + options.results());
    }

    private void open() throws IOException, InterruptedException {
        String mirror = Registry.start(work);
        builders.add(Jbuild.of(options.home().resolve("jbuild"), work, mirror));
        if (wanted("docker", Docker.missing())) {
            builders.add(Docker.start(work, mirror));
        }
        if (wanted("buildah", Buildah.missing())) {
            builders.add(Buildah.of(work, mirror, base));
        }
    }

    private boolean wanted(String peer, String missing) {
        if (!options.peers().contains(peer)) {
            skipped.add(peer + ", not asked for");
        } else if (!missing.isEmpty()) {
            skipped.add(peer + ", since the package " + missing + " is not installed");
        } else {
            return true;
        }
        return false;
    }

    private List<Result> run(Workload workload) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        for (Workload.Step step : workload.steps()) {
            var runs = new LinkedHashMap<String, List<Command.Measurement>>();
            names().forEach(name -> runs.put(name, new ArrayList<>()));
            results.add(new Result((workload.title() + " " + step.name()).strip(), step.target(), runs));
        }
        forgetAllButBase();
        for (int round = 0; round < options.runs(); round++) {
            Path directory = contexts.resolve(workload.title() + round);
            String token = workload.title() + "-" + round;
            Context context = workload.context(directory, token.hashCode(), token);
            for (int index = 0; index < workload.steps().size(); index++) {
                time(workload.steps().get(index), context, round, results.get(index));
            }
            Workspace.remove(directory);
        }
        results.removeIf(result -> result.step().equals(workload.title()));
        return results;
    }

    private void forgetAllButBase() throws IOException, InterruptedException {
        for (Builder builder : builders) {
            builder.forget();
            builder.build(base, "base").run(work.log(builder.name()));
        }
    }

    /// One step with every builder; each round begins with another one.
    private void time(Workload.Step step, Context context, int round, Result result)
            throws IOException, InterruptedException {
        if (step.change()) {
            context.change(round);
        }
        for (int turn = 0; turn < builders.size(); turn++) {
            Builder builder = builders.get((round + turn) % builders.size());
            if (step.fromNothing()) {
                builder.forget();
            }
            Command.Measurement run = measure(builder, context.directory());
            result.runs().get(builder.name()).add(run);
            System.err.println("bench: %s, round %d, %s: %d ms, %d MB"
                    .formatted(result.step(), round + 1, builder.name(), run.millis(), run.peakKib() / 1024));
        }
    }

    private Command.Measurement measure(Builder builder, Path context) throws IOException, InterruptedException {
        // What the one before left to be written is not this one's work.
        Command.of("sync").run(work.log("sync"));
        List<Long> daemons = builder.daemons();
        for (long daemon : daemons) {
            Memory.forgetPeak(daemon);
        }
        Command.Measurement run =
                builder.build(context, context.getFileName().toString()).run(work.log(builder.name()));
        long peak = run.peakKib();
        for (long daemon : daemons) {
            peak += Memory.peakKib(daemon);
        }
        return new Command.Measurement(run.millis(), peak);
    }

    private List<String> names() {
        return builders.stream().map(Builder::name).toList();
    }

    private List<String> facts(String loadBefore) throws IOException {
        List<String> facts = new ArrayList<>();
        builders.forEach(builder -> facts.add(builder.version()));
        int cores = Runtime.getRuntime().availableProcessors();
        facts.add("%d cores, Linux %s, Java %s".formatted(cores, System.getProperty("os.version"), Runtime.version()));
        facts.add("%d alternating rounds of whole commands; stores below %s".formatted(options.runs(), options.work()));
        boolean busy = Double.parseDouble(loadBefore) > 0.25 * cores;
        facts.add("Load before it %s: %s".formatted(loadBefore, busy ? "the machine was BUSY" : "a quiet machine"));
        skipped.forEach(peer -> facts.add("Skipped: " + peer));
        return facts;
    }

    /// Runnable processes, mean of a minute.
    private static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }
}
