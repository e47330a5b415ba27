import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A kind of build. A round makes a context that nobody has seen, and has each builder do each step on it.
enum Workload {
    /// Five stages and 24 instructions over 5,000 files, once more with nothing changed.
    NOOP("noop", 5_000, Step.timed("cold", 0), Step.timed("warm", 0.8)) {
        @Override
        String dockerfile(String token) {
            return Dockerfiles.fiveStages(token);
        }
    },
    /// 40 small RUN steps.
    RUNS("runs", 0, Step.timed("cold", 0.15), Step.timed("warm", 0)) {
        @Override
        String dockerfile(String token) {
            return Dockerfiles.runs(token, 40);
        }
    },
    /// COPY of 20,000 files, 79 MB.
    COPY("copy", 20_000, Step.timed("cold", 0.2), Step.timed("warm", 0)) {
        @Override
        String dockerfile(String token) {
            return Dockerfiles.copy(token);
        }
    },
    /// The same with a RUN behind it, built before; then one of the files is another one.
    INCR("incr", 20_000, Step.untimed(), Step.afterChange("changed", 0.35)) {
        @Override
        String dockerfile(String token) {
            return Dockerfiles.copy(token) + "RUN find /src -type f | wc -l > /count\n";
        }
    },
    /// Six stages of one second each.
    PARALLEL("parallel", 0, Step.timed("cold", 0.6)) {
        @Override
        String dockerfile(String token) {
            return Dockerfiles.parallel(token, 6);
        }
    },
    /// A base image that has to be pulled, and a RUN on it.
    BASE("base", 0, Step.fromNothing("cold", 0.6), Step.timed("warm", 0)) {
        @Override
        String dockerfile(String token) {
            return Dockerfiles.FROM + "LABEL token=" + token + "\nRUN true\n";
        }
    },
    /// A base image that has to be pulled, and nothing that looks into it.
    META("meta", 0, Step.fromNothing("cold", 0.5), Step.timed("warm", 0)) {
        @Override
        String dockerfile(String token) {
            return Dockerfiles.FROM + "COPY Dockerfile /\nENV token=" + token + "\n";
        }
    },
    /// A RUN that writes 400 MB of noise.
    BULK("bulk", 0, Step.timed("cold", 0.7)) {
        @Override
        String dockerfile(String token) {
            return Dockerfiles.FROM + "RUN : " + token
                    + "; for i in 1 2 3 4; do head -c 100000000 /dev/urandom > /noise$i; done\n";
        }
    },
    /// COPY of 200,000 files, 790 MB: what matters is the memory.
    FILES_200K("files200k", 200_000, Step.timed("cold", 0), Step.timed("warm", 0)) {
        @Override
        String dockerfile(String token) {
            return Dockerfiles.copy(token);
        }
    };

    /// One command of each builder.
    ///
    /// @param name what is timed; empty when the command only prepares the next one
    /// @param target highest ratio to the faster peer that is aimed at; 0 when there is none
    /// @param fromNothing whether the stores are emptied before, the base image too
    /// @param change whether a file of the context is changed before
    record Step(String name, double target, boolean fromNothing, boolean change) {
        static Step timed(String name, double target) {
            return new Step(name, target, false, false);
        }

        static Step untimed() {
            return new Step("", 0, false, false);
        }

        static Step fromNothing(String name, double target) {
            return new Step(name, target, true, false);
        }

        static Step afterChange(String name, double target) {
            return new Step(name, target, false, true);
        }
    }

    /// What is run when no workload is named.
    static final List<Workload> USUAL = List.of(NOOP, RUNS, COPY, INCR, PARALLEL, BASE, META, BULK);

    private final String title;
    private final int files;
    private final List<Step> steps;

    Workload(String title, int files, Step... steps) {
        this.title = title;
        this.files = files;
        this.steps = List.of(steps);
    }

    static Workload named(String title) {
        for (Workload workload : values()) {
            if (workload.title.equals(title)) {
                return workload;
            }
        }
        throw new IllegalArgumentException("no such workload: '" + title + "'");
    }

    String title() {
        return title;
    }

    List<Step> steps() {
        return steps;
    }

    /// Makes the context of a round in a new directory.
    ///
    /// @param token what no other round has
    Context context(Path directory, long seed, String token) throws IOException {
        return Context.create(directory, seed, dockerfile(token)).withFiles(files);
    }

    /// {@return the text of the Dockerfile; `token` is in front of everything that shall not be known}
    abstract String dockerfile(String token);
}
