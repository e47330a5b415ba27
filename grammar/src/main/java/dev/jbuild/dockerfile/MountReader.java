package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.DockerfileParser.OptionContext;
import dev.jbuild.dockerfile.antlr.MappedText;
import java.util.ArrayList;
import java.util.Locale;

/// Reads `--mount=...`. What keys and values mean is not known here, only that `from` names something fixed.
final class MountReader {
    private final Reading reading;

    MountReader(Reading reading) {
        this.reading = reading;
    }

    RunMount read(Flags.Flag flag) {
        var written = new ArrayList<RunMount.Option>();
        var value = flag.node().flagValue();
        if (value != null) {
            for (var node : value.option()) {
                var option = option(node, flag);
                refuseVariable(option);
                written.add(option);
            }
        }
        return new RunMount(written, flag.range());
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

    private void refuseVariable(RunMount.Option option) {
        var value = option.value();
        if (option.key().value().equals("from") && value != null && value.literal() == null) {
            reading.error(
                    "from-not-expanded",
                    value.range(),
                    "variables are not expanded in from=",
                    "give it a name with FROM " + value.text() + " AS <name> and write from=<name>");
        }
    }
}
