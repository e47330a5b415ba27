package dev.jbuild.lint;

import dev.jbuild.dockerfile.Heredoc;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.Instruction.FileFlags;
import dev.jbuild.dockerfile.Instruction.FileSource;
import dev.jbuild.dockerfile.RunMount;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.dockerfile.Word.Substitution;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which variables a word or an instruction names. What stands in `${name:-other}` counts, used or not.
public final class Variables {
    private Variables() {}

    /// The variables of a word, in the order they are written.
    public static Set<String> of(Word word) {
        var names = new LinkedHashSet<String>();
        collect(word.parts(), names);
        return names;
    }

    /// The words of an instruction in which undefined variables are told. Not those of ARG and EXPOSE, and nothing
    /// that a shell expands.
    public static List<Word> wordsOf(Instruction instruction) {
        var words = new ArrayList<Word>();
        switch (instruction) {
            case Instruction.Env env -> addBindings(env.bindings(), words);
            case Instruction.Label label -> addBindings(label.bindings(), words);
            case Instruction.Copy copy -> addFiles(copy.flags(), copy.sources(), copy.destination(), words);
            case Instruction.Add add -> {
                addFiles(add.flags(), add.sources(), add.destination(), words);
                addIfWritten(add.checksum(), words);
            }
            case Instruction.Run run -> {
                for (var mount : run.mounts()) {
                    for (RunMount.Option option : mount.options()) {
                        addIfWritten(option.value(), words);
                    }
                }
            }
            case Instruction.Workdir workdir -> words.add(workdir.path());
            case Instruction.User user -> words.add(user.user());
            case Instruction.Volume volume -> words.addAll(volume.paths());
            case Instruction.StopSignal signal -> words.add(signal.signal());
            case Instruction.From _,
                    Instruction.Arg _,
                    Instruction.Expose _,
                    Instruction.Cmd _,
                    Instruction.Entrypoint _,
                    Instruction.Shell _,
                    Instruction.Healthcheck _,
                    Instruction.OnBuild _,
                    Instruction.Maintainer _ -> {}
        }
        return words;
    }

    private static void addBindings(List<Instruction.Binding> bindings, List<Word> words) {
        for (var binding : bindings) {
            words.add(binding.name());
            words.add(binding.value());
        }
    }

    private static void addFiles(FileFlags flags, List<FileSource> sources, Word destination, List<Word> words) {
        addIfWritten(flags.owner(), words);
        addIfWritten(flags.mode(), words);
        for (var source : sources) {
            switch (source) {
                case FileSource.Path(Word word) -> words.add(word);
                case FileSource.Inline(Heredoc heredoc) -> addIfWritten(heredoc.body(), words);
            }
        }
        words.add(destination);
    }

    private static void addIfWritten(@Nullable Word word, List<Word> words) {
        if (word != null) {
            words.add(word);
        }
    }

    private static void collect(List<Word.Part> parts, Set<String> names) {
        for (var part : parts) {
            switch (part) {
                case Word.Literal _, Word.Escaped _ -> {}
                case Word.Quoted quoted -> collect(quoted.parts(), names);
                case Word.Variable variable -> {
                    names.add(variable.name());
                    for (var operand : operands(variable.substitution())) {
                        collect(operand.parts(), names);
                    }
                }
            }
        }
    }

    private static List<Word> operands(@Nullable Substitution substitution) {
        return switch (substitution) {
            case null -> List.of();
            case Substitution.Default(boolean _, Word word) -> List.of(word);
            case Substitution.Alternative(boolean _, Word word) -> List.of(word);
            case Substitution.Required(boolean _, Word word) -> List.of(word);
            case Substitution.RemovePrefix(boolean _, Word pattern) -> List.of(pattern);
            case Substitution.RemoveSuffix(boolean _, Word pattern) -> List.of(pattern);
            case Substitution.Replace(boolean _, Word pattern, Word replacement) -> List.of(pattern, replacement);
        };
    }
}
