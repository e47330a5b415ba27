package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.graph.Mount;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Vertex;
import dev.jbuild.lint.Variables;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes the outline of a planned stage: its ARGs from what was noted meanwhile, the rest from the graph.
final class Outlining {
    private final Dockerfile dockerfile;
    private final GlobalArguments globals;
    private final DeclaredArguments declared;
    private final Map<String, Outline.Argument> arguments = new LinkedHashMap<>();
    private final Map<String, Outline.Need> secrets = new LinkedHashMap<>();
    private final Map<String, Outline.Need> agents = new LinkedHashMap<>();

    Outlining(Dockerfile dockerfile, GlobalArguments globals, DeclaredArguments declared) {
        this.dockerfile = dockerfile;
        this.globals = globals;
        this.declared = declared;
    }

    Outline of(Instruction.From target, @Nullable Vertex root) {
        addArguments();
        if (root != null) {
            addNeeds(root);
        }
        @Nullable String name = target.name();
        return new Outline(
                name,
                name == null ? "" : target.origin().description(name),
                byLine(arguments, Outline.Argument::range),
                byLine(secrets, Outline.Need::range),
                byLine(agents, Outline.Need::range));
    }

    private static <T> List<T> byLine(Map<String, T> found, Function<T, SourceRange> range) {
        var sorted = new ArrayList<>(found.values());
        sorted.sort(Comparator.comparingInt(each -> range.apply(each).startLine()));
        return sorted;
    }

    /// One name may stand in several stages: the one nearest to the target counts.
    private void addArguments() {
        Map<String, Global> known = globalArguments();
        for (DeclaredArguments.Stage stage : declared.stages()) {
            for (DeclaredArguments.Declared argument : stage.declared()) {
                if (argument.inherited() && globals.value(argument.name()) != null) {
                    useGlobal(argument.name(), known);
                } else {
                    arguments.putIfAbsent(
                            argument.name(),
                            new Outline.Argument(
                                    argument.name(), argument.description(), argument.value(), argument.range()));
                }
            }
            Variables.of(stage.from().image()).forEach(name -> useGlobal(name, known));
            if (stage.from().platform() != null) {
                Variables.of(stage.from().platform()).forEach(name -> useGlobal(name, known));
            }
        }
    }

    /// An ARG before the first FROM.
    private record Global(Outline.Argument argument, Set<String> uses) {}

    private Map<String, Global> globalArguments() {
        var known = new HashMap<String, Global>();
        for (Instruction.Arg arg : dockerfile.globalArgs()) {
            for (Instruction.Declaration declaration : arg.declarations()) {
                String name = declaration.name().text();
                @Nullable String value = globals.value(name);
                known.put(
                        name,
                        new Global(
                                new Outline.Argument(
                                        name, arg.origin().description(name), value == null ? "" : value, arg.range()),
                                declaration.value() == null ? Set.of() : Variables.of(declaration.value())));
            }
        }
        return known;
    }

    private void useGlobal(String name, Map<String, Global> known) {
        var pending = new ArrayDeque<>(List.of(name));
        var seen = new HashSet<String>();
        while (!pending.isEmpty()) {
            String next = pending.pop();
            @Nullable Global global = known.get(next);
            if (global != null && seen.add(next)) {
                arguments.putIfAbsent(next, global.argument());
                pending.addAll(global.uses());
            }
        }
    }

    private void addNeeds(Vertex root) {
        var pending = new ArrayDeque<>(List.of(root));
        var seen = new HashSet<Vertex>();
        while (!pending.isEmpty()) {
            Vertex vertex = pending.pop();
            if (!seen.add(vertex)) {
                continue;
            }
            pending.addAll(vertex.inputs());
            @Nullable SourceRange range = vertex.label().range();
            if (range != null && vertex.operation() instanceof Operation.Run run) {
                run.mounts().forEach(mount -> addNeed(mount, range));
            }
        }
    }

    private void addNeed(Mount mount, SourceRange range) {
        switch (mount) {
            case Mount.Secret secret -> note(secrets, new Outline.Need(secret.id(), secret.required(), range));
            case Mount.Ssh agent -> note(agents, new Outline.Need(agent.id(), agent.required(), range));
            case Mount.Bind _, Mount.Cache _, Mount.Tmpfs _ -> {}
        }
    }

    private static void note(Map<String, Outline.Need> needs, Outline.Need need) {
        needs.merge(
                need.id(),
                need,
                (one, other) -> new Outline.Need(
                        need.id(),
                        one.required() || other.required(),
                        one.range().startLine() <= other.range().startLine() ? one.range() : other.range()));
    }
}
