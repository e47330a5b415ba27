package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Flags.Kind;
import dev.jbuild.dockerfile.Flags.Known;
import dev.jbuild.dockerfile.Instruction.Origin;
import dev.jbuild.dockerfile.antlr.DockerfileParser.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads RUN.
final class RunReader {
    private static final List<Known> FLAGS = List.of(
            new Known("mount", Kind.LIST),
            new Known("network", Kind.VALUE),
            new Known("security", Kind.VALUE),
            new Known("device", Kind.LIST));

    private static final List<String> BOOLEANS =
            List.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");

    private final Reading reading;

    RunReader(Reading reading) {
        this.reading = reading;
    }

    Instruction read(RunContext node, Origin origin) {
        var flags = Flags.read(node.flags(), FLAGS, reading);
        var mounts = new ArrayList<RunMount>();
        for (var mount : flags.all("mount")) {
            mounts.add(new MountReader(reading).read(mount));
        }
        return new Instruction.Run(
                mounts,
                choice(flags, "network", Rule.NETWORK_MODE, List.of("default", "none", "host")),
                choice(flags, "security", Rule.SECURITY_MODE, List.of("sandbox", "insecure")),
                devices(flags),
                new CommandReader(reading).read(node.command(), node.heredoc()),
                origin);
    }

    private @Nullable Text choice(Flags flags, String name, Rule rule, List<String> values) {
        var text = flags.text(name);
        if (text != null && !values.contains(text.value())) {
            reading.error(
                    rule,
                    text.range(),
                    "--" + name + " cannot be '" + text.value() + "'",
                    "one of " + String.join(", ", values));
        }
        return text;
    }

    private List<Text> devices(Flags flags) {
        for (var flag : flags.all("device")) {
            var named = false;
            for (var part : new OptionList(reading).read(flag)) {
                named = checkDevice(part.toString(), named, flag);
            }
        }
        return flags.texts("device");
    }

    /// Checks one part of `name=<device>,required=<boolean>`, in which `name=` can be left out.
    ///
    /// @return whether the device has a name by now
    private boolean checkDevice(String part, boolean named, Flags.Flag flag) {
        var equals = part.indexOf('=');
        var key = (equals < 0 ? part : part.substring(0, equals)).toLowerCase(Locale.ROOT);
        var wrong = switch (key) {
            case "required" -> equals >= 0 && !BOOLEANS.contains(part.substring(equals + 1));
            case "name" -> equals >= 0 && named;
            default -> named;
        };
        if (wrong) {
            reading.error(Rule.DEVICE, flag.range(), "--device does not take '" + part + "'", "<device>[,required]");
        }
        return named || !key.equals("required");
    }
}
