package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.dockerfile.Stage;
import dev.jbuild.dockerfile.Text;
import dev.jbuild.graph.Mount;
import dev.jbuild.graph.Operation.Source;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.Platform;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// The stages of a file, each planned when somebody first needs it: what the target does not reach is never looked at.
final class Stages {
    private final Dockerfile dockerfile;
    private final FrontendOptions options;
    private final GlobalArguments globals;
    private final Images images;
    private final FromLines froms;
    private final StageReferences references;
    private final @Nullable Instant epoch;
    private final List<Diagnostic> problems = new ArrayList<>();
    private final @Nullable StagePlan[] plans;
    private final PlanChecks checks;
    private final @Nullable StageChecks[] stageChecks;

    Stages(Dockerfile dockerfile, FrontendOptions options, GlobalArguments globals, Images images, PlanChecks checks) {
        this.checks = checks;
        this.stageChecks = new StageChecks[dockerfile.stages().size()];
        this.epoch = SourceDateEpoch.of(dockerfile, options, globals);
        this.dockerfile = dockerfile;
        this.options = options;
        this.globals = globals;
        this.images = images;
        this.froms = new FromLines(globals, options.platform());
        this.references = new StageReferences(dockerfile.stages(), images);
        this.plans = new StagePlan[dockerfile.stages().size()];
    }

    /// {@return the plan of the stage to build}
    ///
    /// @throws DockerfileException with everything that is wrong with the stages it needs
    StagePlan target() throws IOException, InterruptedException {
        try {
            int target = references.target(options.target());
            for (int needed : neededStages(target)) {
                plan(needed);
            }
            StagePlan plan = plan(target);
            checkUnreached();
            failOnProblems();
            return plan;
        } catch (PlanException problem) {
            problems.add(problem.diagnostic());
            throw failure();
        }
    }

    /// {@return the stages that one needs as far as the file shows, in their order} Each needs only earlier ones, so
    /// planned in this order they take no deep stack, however long a chain they are.
    private int[] neededStages(int target) {
        var needed = new BitSet();
        var pending = new ArrayDeque<>(List.of(target));
        while (!pending.isEmpty()) {
            int index = pending.pop();
            Stage stage = dockerfile.stages().get(index);
            if (needed.get(index)) {
                continue;
            }
            needed.set(index);
            if (replacement(stage.from()) != null) {
                continue;
            }
            pushStage(() -> references.before(froms.image(stage.from()), index), pending);
            for (Instruction instruction : stage.instructions()) {
                @Nullable Text from = instruction instanceof Instruction.Copy copy ? copy.from() : null;
                if (from != null) {
                    pushStage(() -> references.copied(from, index), pending);
                }
            }
        }
        return needed.stream().toArray();
    }

    private static void pushStage(IntSupplier stage, Deque<Integer> pending) {
        try {
            int number = stage.getAsInt();
            if (number >= 0) {
                pending.push(number);
            }
        } catch (PlanException _) {
            // Whoever plans the stage that asks says it.
        }
    }

    /// Plans every stage, whether anything needs it or not.
    ///
    /// @throws DockerfileException with everything that is wrong with them
    void all() throws IOException, InterruptedException {
        for (int i = 0; i < plans.length; i++) {
            try {
                plan(i);
            } catch (PlanException problem) {
                problems.add(problem.diagnostic());
            }
        }
        failOnProblems();
    }

    /// {@return where `COPY --from=<from>` reads, in the stage `current`}
    ///
    /// @param pattern inside it
    Source copySource(Text from, int current, String pattern) throws IOException, InterruptedException {
        int stage = references.copied(from, current);
        if (stage >= 0) {
            StagePlan plan = plan(stage);
            if (plan.root() == null) {
                throw new PlanException(
                        "copy-from-empty-stage", from.range(), "stage '" + from.value() + "' has no files", null);
            }
            return new Source.FromVertex(plan.root(), pattern);
        }
        return switch (images.named(from.value())) {
            case NamedSource.Files(String context) -> new Source.FromContext(context, pattern);
            case NamedSource.Image image -> images.copySource(image, from.range(), pattern);
            case null -> images.copySource(images.byReference(from.value(), from.range()), from.range(), pattern);
        };
    }

    /// {@return what `--mount=from=<from>` mounts, in the stage `current`}
    Mount.Tree mountedTree(Text from, int current) throws IOException, InterruptedException {
        int stage = references.mounted(from, current);
        if (stage >= 0) {
            @Nullable Vertex root = plan(stage).root();
            return root == null ? new Mount.Tree.Empty() : new Mount.Tree.OfVertex(root);
        }
        return switch (images.named(from.value())) {
            case NamedSource.Files(String context) -> new Mount.Tree.OfContext(context);
            case NamedSource.Image image -> images.mountedTree(image, from.range());
            case null ->
                from.value().equals("scratch")
                        ? new Mount.Tree.Empty()
                        : images.mountedTree(images.byReference(from.value(), from.range()), from.range());
        };
    }

    /// {@return the FROM of the stage to build}
    Instruction.From targetLine() {
        return dockerfile.stages().get(references.target(options.target())).from();
    }

    @Nullable
    Instant epoch() {
        return epoch;
    }

    private StagePlan plan(int index) throws IOException, InterruptedException {
        @Nullable StagePlan known = plans[index];
        if (known == null) {
            known = define(index);
            plans[index] = known;
        }
        return known;
    }

    private StagePlan define(int index) throws IOException, InterruptedException {
        Stage stage = dockerfile.stages().get(index);
        Instruction.From from = stage.from();
        SourceRange image = from.image().range();
        @Nullable NamedSource replacement = replacement(from);
        List<Instruction> instructions = replacement == null ? stage.instructions() : List.of();
        checks.declared().begin(index, from);
        Platform platform = options.platform();
        Base base;
        var triggers = new ArrayList<Instruction>();
        try {
            platform = froms.platform(from);
            base = replacement == null ? base(from, index, platform) : images.base(replacement, platform, image);
            triggers.addAll(triggers(base.onBuild(), image));
        } catch (PlanException problem) {
            // The rest of the stage is looked at all the same, so that everything wrong with a file is told at once.
            problems.add(problem.diagnostic());
            base = new Base.Scratch();
        }
        var steps = new StepNames(
                references.label(index),
                base.countsAsStep(),
                countSteps(triggers) + countSteps(instructions),
                options.fresh().contains(from.name(), index));
        var variables = new StageVariables(options, globals);
        var builder = new StageBuilder(
                this,
                index,
                steps,
                base.start(steps, from.range(), platform, variables),
                checks(index, base, platform));
        for (Instruction trigger : triggers) {
            dispatch(builder, trigger, image);
        }
        for (Instruction instruction : instructions) {
            dispatch(builder, instruction, instruction.range());
        }
        return builder.build();
    }

    private StageChecks checks(int index, Base base, Platform platform) {
        Instruction.From from = dockerfile.stages().get(index).from();
        @Nullable StageChecks parent = null;
        if (base instanceof Base.Earlier) {
            parent = stageChecks[references.before(froms.image(from), index)];
        }
        var own = new StageChecks(checks, index, parent != null && parent.workdirIsWritten());
        stageChecks[index] = own;
        if (base instanceof Base.Image image && images.named(String.valueOf(from.name())) == null) {
            own.checkPlatform(from, froms.image(from), image, platform);
        }
        return own;
    }

    private @Nullable NamedSource replacement(Instruction.From from) {
        return from.name() == null ? null : images.named(from.name());
    }

    private Base base(Instruction.From from, int index, Platform platform) throws IOException, InterruptedException {
        String name = froms.image(from);
        int parent = references.before(name, index);
        return parent >= 0
                ? new Base.Earlier(plan(parent))
                : images.base(name, platform, from.image().range());
    }

    /// Finds what is wrong with stages that the target does not need, as far as it shows without any image.
    private void checkUnreached() {
        for (int i = 0; i < plans.length; i++) {
            Stage stage = dockerfile.stages().get(i);
            if (plans[i] != null || replacement(stage.from()) != null) {
                continue;
            }
            int index = i;
            report(() -> froms.image(stage.from()));
            report(() -> froms.platform(stage.from()));
            for (Instruction instruction : stage.instructions()) {
                @Nullable Text copied = instruction instanceof Instruction.Copy copy ? copy.from() : null;
                if (copied != null) {
                    report(() -> references.checkUnreached(copied, index));
                }
            }
        }
    }

    private void report(Runnable check) {
        try {
            check.run();
        } catch (PlanException problem) {
            problems.add(problem.diagnostic());
        }
    }

    private List<Instruction> triggers(List<String> texts, SourceRange range) {
        var triggers = new ArrayList<Instruction>();
        for (String text : texts) {
            try {
                triggers.add(Dockerfile.parseTrigger(new SourceFile("ONBUILD of the base image", text)));
            } catch (DockerfileException problem) {
                String message = problem.diagnostics().getFirst().message();
                throw new PlanException(
                        "bad-trigger",
                        range,
                        "the base image's trigger 'ONBUILD " + text + "' is wrong: " + message,
                        null);
            }
        }
        return triggers;
    }

    private void dispatch(StageBuilder builder, Instruction instruction, SourceRange range)
            throws IOException, InterruptedException {
        try {
            builder.add(instruction, range);
        } catch (PlanException problem) {
            problems.add(problem.diagnostic());
        } catch (ExpansionException problem) {
            problems.add(Diagnostic.error("no-value", problem.range(), String.valueOf(problem.getMessage()), null));
        }
    }

    private void failOnProblems() {
        if (!problems.isEmpty()) {
            throw failure();
        }
    }

    private DockerfileException failure() {
        problems.sort((a, b) -> Integer.compare(a.range().startLine(), b.range().startLine()));
        return new DockerfileException(dockerfile.source(), problems);
    }

    private static int countSteps(List<Instruction> instructions) {
        return (int) instructions.stream()
                .filter(instruction -> instruction instanceof Instruction.Run
                        || instruction instanceof Instruction.Copy
                        || instruction instanceof Instruction.Add
                        || instruction instanceof Instruction.Workdir)
                .count();
    }
}
