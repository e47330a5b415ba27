package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.SourceRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// The ARGs of the stages that are planned, noted while that is done.
final class DeclaredArguments {
    private final TreeMap<Integer, Stage> stages = new TreeMap<>();
    private final Set<String> names = new LinkedHashSet<>();

    /// An ARG of a stage.
    ///
    /// @param value what it has there; empty for none
    /// @param inherited whether it has its value from an ARG before the first FROM, or from nowhere
    record Declared(String name, String value, boolean inherited, String description, SourceRange range) {}

    /// @param declared in the order of the file, those of triggers first
    record Stage(Instruction.From from, List<Declared> declared) {}

    void begin(int index, Instruction.From from) {
        stages.put(index, new Stage(from, new ArrayList<>()));
    }

    void add(int index, Declared declared) {
        names.add(declared.name());
        Stage stage = stages.get(index);
        if (stage != null) {
            stage.declared().add(declared);
        }
    }

    /// {@return the planned stages, the last one of the file first}
    List<Stage> stages() {
        return List.copyOf(stages.descendingMap().values());
    }

    /// {@return what ARGs of planned stages are called, those of triggers included}
    Set<String> names() {
        return names;
    }
}
