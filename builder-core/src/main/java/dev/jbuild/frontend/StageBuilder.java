package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Command;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.RunMount;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.graph.Label;
import dev.jbuild.graph.Mount;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.ContainerConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Applies the instructions of one stage, one after the other, to what the stage began with.
final class StageBuilder {
    private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

    private final Stages stages;
    private final int index;
    private final StepNames steps;
    private final StagePlan start;
    private final StageChecks checks;
    private final StageVariables variables;
    private final List<HistoryLine> history;
    private final ContainerConfig.Builder container;
    private @Nullable Vertex root;
    private @Nullable String author;
    private boolean commandIsOwn;

    /// The variables that the instruction at hand named, with what they meant.
    private Map<String, String> named = new TreeMap<>();

    StageBuilder(Stages stages, int index, StepNames steps, StagePlan start, StageChecks checks) {
        this.stages = stages;
        this.index = index;
        this.steps = steps;
        this.start = start;
        this.checks = checks;
        variables = start.variables();
        history = new ArrayList<>(start.history());
        container = start.container().toBuilder();
        root = start.root();
        author = start.author();
    }

    StagePlan build() {
        return new StagePlan(root, start.platform(), author, container.build(), history, start.unknown(), variables);
    }

    /// {@return whether something else may be wrong with the last instruction, or nothing, once all values are known}
    ///
    /// @param dependsOnBase whether it is wrong because of what the stage begins with
    boolean isUncertain(boolean dependsOnBase) {
        UnknownValues unknown = variables.unknown();
        return unknown.wereAsked() || (dependsOnBase && unknown.holdUnset());
    }

    /// Goes on without an instruction that is wrong.
    void skip(Instruction instruction) {
        if (instruction instanceof Instruction.Env || instruction instanceof Instruction.Arg) {
            variables.unknown().addUnset();
        }
    }

    /// @param range where messages point; not the instruction's own when it is a trigger of the base
    void add(Instruction instruction, SourceRange range) throws IOException, InterruptedException {
        checks.check(instruction, range, variables, container.shell());
        variables.unknown().forget();
        named = new TreeMap<>();
        switch (instruction) {
            case Instruction.From _ -> throw new IllegalStateException("FROM inside a stage");
            case Instruction.Run run -> run(run, range);
            case Instruction.Copy copy -> copy(FileInstruction.of(copy, expander(), range), copy, range);
            case Instruction.Add add -> add(FileInstruction.of(add, expander(), range), add, range);
            case Instruction.Env env -> env(env);
            case Instruction.Arg arg -> arg(arg, range);
            case Instruction.Workdir workdir -> workdir(workdir, range);
            case Instruction.User user -> user(expand(user.user()));
            case Instruction.Label label -> label(label);
            case Instruction.Expose expose -> expose(expose, range);
            case Instruction.Volume volume -> volume(volume, range);
            case Instruction.Cmd cmd -> cmd(cmd);
            case Instruction.Entrypoint entrypoint -> entrypoint(entrypoint);
            case Instruction.Shell shell -> {
                container.shell(shell.arguments());
                tell("SHELL " + GoText.plain(shell.arguments()));
            }
            case Instruction.StopSignal signal -> stopSignal(expand(signal.signal()), range);
            case Instruction.Healthcheck check -> {
                var health = HealthcheckText.of(check);
                container.healthcheck(health);
                tell("HEALTHCHECK " + HealthcheckText.print(health));
            }
            case Instruction.OnBuild trigger -> container.addOnBuild(trigger.trigger());
            case Instruction.Maintainer maintainer -> {
                author = maintainer.name().value();
                tell("MAINTAINER " + author);
            }
        }
    }

    private void run(Instruction.Run run, SourceRange range) throws IOException, InterruptedException {
        RunCommand command = RunCommand.of(run, shell(), range);
        var operation = new Operation.Run(
                command.arguments(),
                variables.environment(),
                directory(),
                container.user(),
                variables.proxies(),
                command.script(),
                mounts(run),
                Confinements.of(run));
        String createdBy = "RUN " + variables.historyPrefix() + String.join(" ", command.arguments()) + " # buildkit";
        make(operation, "RUN " + command.name(), createdBy, range);
    }

    private List<Mount> mounts(Instruction.Run run) throws IOException, InterruptedException {
        if (run.mounts().isEmpty()) {
            return List.of();
        }
        var mounts = new StepMounts(stages, index, directory(), variables.cacheNamespace());
        for (RunMount mount : run.mounts()) {
            mounts.add(mount, expander());
        }
        return mounts.finish();
    }

    private void copy(FileInstruction files, Instruction.Copy copy, SourceRange range)
            throws IOException, InterruptedException {
        files.rejectRemote();
        var sources = new ArrayList<Operation.Source>();
        for (String pattern : files.paths()) {
            sources.add(
                    copy.from() == null
                            ? new Operation.Source.FromContext("", pattern)
                            : stages.copySource(copy.from(), index, pattern));
        }
        String from = copy.from() == null ? "" : "--from=" + copy.from().value() + " ";
        place(files, sources, "COPY " + from + files.shown(), range);
    }

    private void add(FileInstruction files, Instruction.Add add, SourceRange range) {
        var sources = new ArrayList<>(AddedSources.of(add, expander(), range).of(files.paths()));
        place(files, sources, "ADD " + files.shown(), range);
    }

    private void place(FileInstruction files, List<Operation.Source> sources, String name, SourceRange range) {
        sources.addAll(files.inline());
        @Nullable Vertex accounts = files.link() && files.namesOwner() ? root : null;
        var options = files.options().withCreated(stages.epoch());
        var copy = new Operation.Copy(sources, files.destination(), directory(), options, accounts);
        if (!files.link()) {
            make(copy, name, files.createdBy(), range);
            return;
        }
        Label label = steps.next("LINK " + name, range, named);
        Vertex linked = Vertex.of(copy, null, label);
        root = root == null ? linked : Vertex.of(new Operation.Stack(linked), root, label);
        history.add(new HistoryLine.Made(files.createdBy(), root));
    }

    private void env(Instruction.Env env) {
        var text = new StringBuilder("ENV");
        for (String[] pair : bindings(env.bindings())) {
            container.environment(pair[0], pair[1]);
            text.append(' ').append(pair[0]).append('=').append(pair[1]);
            variables.set(pair[0], pair[1]);
            if (variables.unknown().wereAsked()) {
                variables.unknown().add(pair[0]);
            }
        }
        tell(text.toString());
    }

    private void label(Instruction.Label label) {
        var text = new StringBuilder("LABEL");
        for (String[] pair : bindings(label.bindings())) {
            container.addLabel(pair[0], pair[1]);
            text.append(' ').append(pair[0]).append('=').append(pair[1]);
        }
        tell(text.toString());
    }

    /// All names and values, expanded before any of them is set: a line sees the variables of the lines before it.
    private List<String[]> bindings(List<Instruction.Binding> bindings) {
        var pairs = new ArrayList<String[]>();
        for (Instruction.Binding binding : bindings) {
            pairs.add(new String[] {expand(binding.name()), expand(binding.value())});
        }
        return pairs;
    }

    private void arg(Instruction.Arg arg, SourceRange range) {
        WordExpander before = new WordExpander(variables.snapshot());
        var text = new StringBuilder("ARG");
        for (Instruction.Declaration declaration : arg.declarations()) {
            String name = before.expand(declaration.name());
            @Nullable Word written = declaration.value();
            @Nullable String value = variables.declare(name, written == null ? null : () -> before.expand(written));
            if (written != null && variables.unknown().wereAsked()) {
                variables.unknown().add(name);
            }
            checks.declared(new DeclaredArguments.Declared(
                    name,
                    value == null ? "" : value,
                    written == null && !variables.isGiven(name),
                    arg.origin().description(name),
                    range));
            text.append(' ').append(name);
            if (value != null) {
                text.append('=').append(value);
            }
        }
        tell(text.toString());
    }

    private void workdir(Instruction.Workdir workdir, SourceRange range) {
        String path = AbsolutePath.resolve(directory(), expand(workdir.path()));
        container.workingDir(path);
        String text = "WORKDIR " + path;
        if (path.equals("/")) {
            tell(text);
        } else {
            make(new Operation.MakeDirectory(path, container.user(), stages.epoch()), text, text, range);
        }
    }

    private void user(String user) {
        container.user(user);
        tell("USER " + user);
    }

    private void expose(Instruction.Expose expose, SourceRange range) {
        var words = new ArrayList<String>();
        expose.ports().forEach(port -> words.addAll(expander().expandToWords(port)));
        Set<String> ports;
        try {
            ports = ExposedPorts.parse(words);
        } catch (IllegalArgumentException problem) {
            throw new PlanException(
                    "invalid-port",
                    range,
                    String.valueOf(problem.getMessage()),
                    "for example EXPOSE 80 443/tcp 53/udp");
        }
        container.addExposedPorts(ports);
        tell("EXPOSE " + GoText.plain(ports));
    }

    private void volume(Instruction.Volume volume, SourceRange range) {
        var paths = new ArrayList<String>();
        for (Word word : volume.paths()) {
            String path = expand(word);
            if (path.isBlank()) {
                throw new PlanException("empty-volume", range, "VOLUME specified can not be an empty string", null);
            }
            paths.add(path);
        }
        container.addVolumes(new TreeSet<>(paths));
        tell("VOLUME " + GoText.plain(paths));
    }

    private void cmd(Instruction.Cmd cmd) {
        List<String> arguments = arguments(cmd.command());
        container.cmd(arguments).argsEscaped(true);
        commandIsOwn = true;
        tell("CMD " + GoText.quoted(arguments));
    }

    private void entrypoint(Instruction.Entrypoint entrypoint) {
        List<String> arguments = arguments(entrypoint.command());
        container.entrypoint(arguments);
        if (!commandIsOwn) {
            container.cmd(List.of());
        }
        tell("ENTRYPOINT " + GoText.quoted(arguments));
    }

    private void stopSignal(String signal, SourceRange range) {
        if (!Signals.isKnown(signal)) {
            throw new PlanException(
                    "invalid-signal", range, "invalid signal: " + signal, "write a name such as SIGTERM or a number");
        }
        container.stopSignal(signal);
        tell("STOPSIGNAL " + signal);
    }

    private List<String> arguments(Command command) {
        return switch (command) {
            case Command.Exec(List<String> arguments) -> arguments;
            case Command.Shell shell -> RunCommand.withShell(shell(), shell.line());
        };
    }

    private void make(Operation operation, String name, String createdBy, SourceRange range) {
        Vertex vertex = Vertex.of(operation, root, steps.next(name, range, named));
        root = vertex;
        history.add(new HistoryLine.Made(createdBy, vertex));
    }

    private void tell(String createdBy) {
        history.add(new HistoryLine.Told(createdBy));
    }

    private List<String> shell() {
        return container.shell().isEmpty() ? DEFAULT_SHELL : container.shell();
    }

    private String directory() {
        return AbsolutePath.resolve("/", container.workingDir());
    }

    private WordExpander expander() {
        return new WordExpander(this::value);
    }

    private @Nullable String value(String name) {
        @Nullable String value = variables.value(name);
        if (value != null) {
            named.put(name, value);
        }
        return value;
    }

    private String expand(Word word) {
        return expander().expand(word);
    }
}
