package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.ReadPart;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.dockerfile.Stage;
import dev.jbuild.dockerfile.Text;
import dev.jbuild.graph.Mount;
import dev.jbuild.graph.Operation.Source;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.ImageException;
import dev.jbuild.oci.Platform;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// The stages of a file, each planned when somebody first needs it: what the target does not reach is never looked at.
final class Stages {
    /// Rules about which stages there are.
    private static final Set<String> ABOUT_STAGES =
            Set.of("invalid-stage-index", "stage-not-yet-defined", "copy-from-empty-stage");

    private final ReadPart file;
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

    Stages(ReadPart file, FrontendOptions options, GlobalArguments globals, Images images, PlanChecks checks) {
        Dockerfile dockerfile = file.dockerfile();
        this.file = file;
        this.checks = checks;
        this.stageChecks = new StageChecks[dockerfile.stages().size()];
        this.dockerfile = dockerfile;
        this.options = options;
        this.globals = globals;
        this.images = images;
        this.froms = new FromLines(globals, options.platform());
        this.references = new StageReferences(dockerfile.stages(), images);
        this.plans = new StagePlan[dockerfile.stages().size()];
        globals.problems().forEach(problem -> tell(noValue(problem)));
        this.epoch = findEpoch();
    }

    private @Nullable Instant findEpoch() {
        try {
            return SourceDateEpoch.of(dockerfile, options, globals);
        } catch (DockerfileException problem) {
            problem.diagnostics().forEach(this::tell);
            return null;
        }
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
                tell(problem.diagnostic());
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
        try {
            return switch (images.named(from.value())) {
                case NamedSource.Files(String context) -> new Source.FromContext(context, pattern);
                case NamedSource.Image image -> images.copySource(image, from.range(), pattern);
                case null -> images.copySource(images.byReference(from.value(), from.range()), from.range(), pattern);
            };
        } catch (ImageException problem) {
            throw references.explained(problem, from.value(), current);
        }
    }

    /// {@return what `--mount=from=<from>` mounts, in the stage `current`}
    Mount.Tree mountedTree(Text from, int current) throws IOException, InterruptedException {
        int stage = references.mounted(from, current);
        if (stage >= 0) {
            @Nullable Vertex root = plan(stage).root();
            return root == null ? new Mount.Tree.Empty() : new Mount.Tree.OfVertex(root);
        }
        try {
            return switch (images.named(from.value())) {
                case NamedSource.Files(String context) -> new Mount.Tree.OfContext(context);
                case NamedSource.Image image -> images.mountedTree(image, from.range());
                case null ->
                    from.value().equals("scratch")
                            ? new Mount.Tree.Empty()
                            : images.mountedTree(images.byReference(from.value(), from.range()), from.range());
            };
        } catch (ImageException problem) {
            throw references.explained(problem, from.value(), current);
        }
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
        var variables = new StageVariables(options, globals);
        Begin begin = begin(from, index, replacement, variables);
        var steps = new StepNames(
                references.label(index),
                begin.base().countsAsStep(),
                countSteps(begin.triggers().stream().map(Trigger::instruction).toList()) + countSteps(instructions),
                options.fresh().contains(from.name(), index));
        var builder = new StageBuilder(
                this,
                index,
                steps,
                begin.base().start(steps, from.range(), begin.platform(), variables),
                checks(index, begin.base(), begin.platform()));
        for (Trigger trigger : begin.triggers()) {
            steps.origin(trigger.origin());
            dispatch(builder, trigger.instruction(), image).forEach(problem -> tell(trigger.explain(problem)));
        }
        steps.origin("");
        for (Instruction instruction : instructions) {
            dispatch(builder, instruction, instruction.range()).forEach(this::tell);
        }
        return builder.build();
    }

    /// What a FROM comes to.
    private record Begin(Platform platform, Base base, List<Trigger> triggers) {}

    private Begin begin(Instruction.From from, int index, @Nullable NamedSource replacement, StageVariables variables)
            throws IOException, InterruptedException {
        SourceRange image = from.image().range();
        Platform platform = options.platform();
        Base base = new Base.Scratch();
        List<Trigger> triggers = List.of();
        globals.unknown().forget();
        boolean certain = !file.lacksState();
        try {
            platform = froms.platform(from);
            base = replacement == null ? base(from, index, platform) : images.base(replacement, platform, image);
            triggers = Trigger.of(base.onBuild(), image, baseName(base, from));
        } catch (PlanException problem) {
            // The rest of the stage is looked at all the same, so that everything wrong with a file is told at once.
            tellUnlessUncertain(problem);
            certain = false;
        }
        if (!certain || base.isUnknown()) {
            variables.unknown().addUnset();
        }
        return new Begin(platform, base, triggers);
    }

    private String baseName(Base base, Instruction.From from) {
        return (base instanceof Base.Earlier ? "stage '" : "base image '") + froms.image(from) + "'";
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
        if (parent >= 0) {
            return new Base.Earlier(plan(parent));
        }
        try {
            return images.base(name, platform, from.image().range());
        } catch (ImageException problem) {
            throw references.explained(problem, name, index);
        }
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
        globals.unknown().forget();
        try {
            check.run();
        } catch (PlanException problem) {
            tellUnlessUncertain(problem);
        }
    }

    /// {@return what is wrong with an instruction, as far as that is certain; at most one}
    private static List<Diagnostic> dispatch(StageBuilder builder, Instruction instruction, SourceRange range)
            throws IOException, InterruptedException {
        Diagnostic found;
        boolean dependsOnBase = false;
        try {
            builder.add(instruction, range);
            return List.of();
        } catch (PlanException problem) {
            found = problem.diagnostic();
            dependsOnBase = problem.dependsOnBase();
        } catch (ExpansionException problem) {
            found = noValue(problem);
        }
        boolean certain = !builder.isUncertain(dependsOnBase);
        builder.skip(instruction);
        return certain ? List.of(found) : List.of();
    }

    private static Diagnostic noValue(ExpansionException problem) {
        return Diagnostic.error("no-value", problem.range(), String.valueOf(problem.getMessage()), null);
    }

    /// Tells what is wrong with a FROM, if its variables are known.
    private void tellUnlessUncertain(PlanException problem) {
        if (!globals.unknown().wereAsked()) {
            tell(problem.diagnostic());
        }
    }

    private void tell(Diagnostic problem) {
        if (!file.lacksStages() || !ABOUT_STAGES.contains(problem.rule())) {
            problems.add(problem);
        }
    }

    private void failOnProblems() {
        if (!problems.isEmpty()) {
            throw failure();
        }
    }

    private DockerfileException failure() {
        problems.sort(Diagnostic.BY_PLACE);
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
