package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Flags.Kind;
import dev.jbuild.dockerfile.Flags.Known;
import dev.jbuild.dockerfile.Instruction.Origin;
import dev.jbuild.dockerfile.antlr.DockerfileParser.RunContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads RUN.
final class RunReader {
    private static final List<Known> FLAGS = List.of(
            new Known("mount", Kind.LIST),
            new Known("network", Kind.VALUE),
            new Known("security", Kind.VALUE),
            new Known("device", Kind.LIST));

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
                choice(flags, "network", List.of("default", "none", "host")),
                choice(flags, "security", List.of("sandbox", "insecure")),
                flags.texts("device"),
                new CommandReader(reading).read(node.command(), node.heredoc()),
                origin);
    }

    private @Nullable Text choice(Flags flags, String name, List<String> values) {
        var text = flags.text(name);
        if (text != null && !values.contains(text.value())) {
            reading.error(
                    name + "-mode",
                    text.range(),
                    "--" + name + " cannot be '" + text.value() + "'",
                    "one of " + String.join(", ", values));
        }
        return text;
    }
}
