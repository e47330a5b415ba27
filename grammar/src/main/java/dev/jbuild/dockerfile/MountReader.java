package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.DockerfileParser.OptionContext;
import dev.jbuild.dockerfile.antlr.MappedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads `--mount=...`. Which keys there are depends on the type; what their values mean, once expanded, is not
/// known here.
final class MountReader {
    private static final List<String> BARE = List.of("ro", "readonly", "rw", "readwrite", "required");
    private static final List<String> COMMON =
            List.of("type", "target", "dst", "destination", "ro", "readonly", "rw", "readwrite");
    private static final List<String> BIND = List.of("source", "src", "from");
    private static final List<String> CACHE = List.of("id", "source", "src", "from", "sharing", "mode", "uid", "gid");
    private static final List<String> TMPFS = List.of("size");
    private static final List<String> SECRET = List.of("id", "source", "src", "env", "required", "mode", "uid", "gid");
    private static final List<String> SSH = List.of("id", "required", "mode", "uid", "gid");

    private final Reading reading;

    MountReader(Reading reading) {
        this.reading = reading;
    }

    RunMount read(Flags.Flag flag) {
        var written = new ArrayList<RunMount.Option>();
        var value = flag.node().flagValue();
        if (value != null) {
            for (var option : value.option()) {
                written.add(option(option, flag));
            }
        }
        var type = type(written);
        written.removeIf(option -> option.key().value().equals("type"));
        if (type == null) {
            return new RunMount(RunMount.Type.BIND, written, flag.range());
        }
        for (var option : written) {
            check(option, type);
        }
        return new RunMount(type, written, flag.range());
    }

    private RunMount.Option option(OptionContext node, Flags.Flag flag) {
        var key = new MappedText(0);
        for (var piece : node.piece()) {
            reading.appendUnquoted(piece, key);
        }
        var range = node.getStop() == null || node.getStop().getStopIndex() < Reading.start(node)
                ? flag.range()
                : reading.rangeOf(node);
        var name = new Text(key.toString().toLowerCase(Locale.ROOT), range);
        var assign = node.FLAG_ASSIGN();
        if (assign == null) {
            return new RunMount.Option(name, null);
        }
        var value = new MappedText(0);
        reading.appendUnquoted(node.optionValue(), value);
        var valueAt = reading.offset(assign.getSymbol().getStopIndex()) + 1;
        return new RunMount.Option(name, reading.words().read(value, valueAt));
    }

    /// Returns null for a type that there is not, after reporting it.
    private RunMount.@Nullable Type type(List<RunMount.Option> options) {
        for (var option : options) {
            if (!option.key().value().equals("type") || option.value() == null) {
                continue;
            }
            var written = option.value().text();
            for (var type : RunMount.Type.values()) {
                if (type.keyword().equalsIgnoreCase(written)) {
                    return type;
                }
            }
            var keywords = Arrays.stream(RunMount.Type.values())
                    .map(RunMount.Type::keyword)
                    .toList();
            var help = Suggestion.of(written, keywords);
            reading.error(
                    "unknown-mount-type",
                    option.value().range(),
                    "unsupported mount type '" + written + "'",
                    help == null ? "one of bind, cache, tmpfs, secret, ssh" : help);
            return null;
        }
        return RunMount.Type.BIND;
    }

    private void check(RunMount.Option option, RunMount.Type type) {
        var key = option.key();
        var name = key.value();
        if (!COMMON.contains(name) && !keys(type).contains(name)) {
            reading.error("unknown-mount-option", key.range(), unexpected(name, type), suggestion(name, type));
        } else if (option.value() == null && !BARE.contains(name)) {
            var message = "the mount option '" + name + "' needs a value";
            reading.error("mount-option-without-value", key.range(), message, name + "=<value>");
        } else if (name.equals("from")
                && option.value() != null
                && option.value().literal() == null) {
            reading.error(
                    "from-not-expanded",
                    option.value().range(),
                    "variables are not expanded in from=",
                    "give it a name with FROM " + option.value().text() + " AS <name> and write from=<name>");
        }
    }

    private static String unexpected(String name, RunMount.Type type) {
        return "a mount of type " + type.keyword() + " has no option '" + name + "'";
    }

    private static @Nullable String suggestion(String name, RunMount.Type type) {
        var candidates = new ArrayList<>(COMMON);
        candidates.addAll(keys(type));
        return Suggestion.of(name, candidates);
    }

    private static List<String> keys(RunMount.Type type) {
        return switch (type) {
            case BIND -> BIND;
            case CACHE -> CACHE;
            case TMPFS -> TMPFS;
            case SECRET -> SECRET;
            case SSH -> SSH;
        };
    }
}
