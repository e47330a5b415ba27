package dev.jbuild.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Arguments sorted into options and the rest, by the conventions of POSIX and GNU.
///
/// `--name value`, `--name=value`, `-n value`, `-nvalue`, `-n=value`; flags in one word (`-qD`); options and operands
/// in
/// any order; everything after `--` is an operand. Written by hand, since libraries for this need more time to start
/// than all the rest of a build that has nothing to do (see docs/decisions).
final class ParsedArguments {
    private final Map<String, Option> byName = new HashMap<>();
    private final Map<Character, Option> byLetter = new HashMap<>();
    private final Set<String> notYet;
    private final Map<String, List<String>> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    private ParsedArguments(List<Option> options, Set<String> notYet) {
        this.notYet = notYet;
        for (var option : options) {
            byName.put(option.name(), option);
            if (option.letter() != null) {
                byLetter.put(option.letter(), option);
            }
        }
    }

    /// @param notYet options, with their dashes, that are refused by name instead of being called unknown
    /// @throws UsageException when an argument is no option of these, or lacks its value
    static ParsedArguments parse(List<Option> options, Set<String> notYet, List<String> arguments) {
        var parsed = new ParsedArguments(options, notYet);
        int i = 0;
        while (i < arguments.size()) {
            i = parsed.take(arguments, i);
        }
        return parsed;
    }

    List<String> operands() {
        return List.copyOf(operands);
    }

    boolean flag(String name) {
        return "true".equals(value(name));
    }

    @Nullable
    String value(String name) {
        var given = values.get(name);
        return given == null ? null : given.getLast();
    }

    List<String> values(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /// {@return the index of the next argument}
    private int take(List<String> arguments, int index) {
        var argument = arguments.get(index);
        if (argument.equals("--")) {
            operands.addAll(arguments.subList(index + 1, arguments.size()));
            return arguments.size();
        }
        if (argument.startsWith("--")) {
            return takeLong(arguments, index, argument);
        }
        if (argument.startsWith("-") && argument.length() > 1) {
            return takeLetters(arguments, index, argument);
        }
        operands.add(argument);
        return index + 1;
    }

    private int takeLong(List<String> arguments, int index, String argument) {
        int equals = argument.indexOf('=');
        var name = equals < 0 ? argument : argument.substring(0, equals);
        var option = byName.get(name);
        if (option == null) {
            throw unknown(name);
        }
        if (equals >= 0) {
            add(option, name, argument.substring(equals + 1));
            return index + 1;
        }
        return takeValue(arguments, index, option, name);
    }

    private int takeLetters(List<String> arguments, int index, String argument) {
        for (int i = 1; i < argument.length(); i++) {
            var name = "-" + argument.charAt(i);
            var option = byLetter.get(argument.charAt(i));
            if (option == null) {
                throw unknown(name);
            }
            var rest = argument.substring(i + 1);
            if (rest.startsWith("=")) {
                add(option, name, rest.substring(1));
                return index + 1;
            }
            if (option.kind() != Option.Kind.FLAG && !rest.isEmpty()) {
                add(option, name, rest);
                return index + 1;
            }
            if (rest.isEmpty()) {
                return takeValue(arguments, index, option, name);
            }
            add(option, name, "true");
        }
        throw new IllegalStateException("an argument without letters: " + argument);
    }

    private int takeValue(List<String> arguments, int index, Option option, String name) {
        if (option.kind() == Option.Kind.FLAG) {
            add(option, name, "true");
            return index + 1;
        }
        if (index + 1 == arguments.size()) {
            throw new UsageException("option '" + name + "' needs a value", null);
        }
        add(option, name, arguments.get(index + 1));
        return index + 2;
    }

    private void add(Option option, String name, String value) {
        if (option.kind() == Option.Kind.FLAG && !value.equals("true") && !value.equals("false")) {
            throw new UsageException(
                    "option '" + name + "' takes no value but true or false, got '" + value + "'", null);
        }
        values.computeIfAbsent(option.name(), _ -> new ArrayList<>()).add(value);
    }

    private UsageException unknown(String name) {
        if (notYet.contains(name)) {
            return new UsageException("option '" + name + "' is not supported yet", null);
        }
        var closest = Suggestion.closest(name, byName.keySet());
        return new UsageException(
                "unknown option '" + name + "'",
                closest == null ? "jbuild --help lists the options" : "did you mean " + closest + "?");
    }
}
