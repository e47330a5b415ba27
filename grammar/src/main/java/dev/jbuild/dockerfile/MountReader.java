package dev.jbuild.dockerfile;

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
        for (var part : new OptionList(reading).read(flag)) {
            var option = option(part, flag);
            refuseVariable(option);
            written.add(option);
        }
        return new RunMount(written, flag.range());
    }

    private RunMount.Option option(MappedText part, Flags.Flag flag) {
        var range = part.size() == 0 ? flag.range() : reading.rangeOf(part);
        for (var i = 0; i < part.size(); i++) {
            if (part.character(i) == '=') {
                var value = reading.words().read(part.slice(i + 1, part.size()), part.offset(i) + 1);
                return new RunMount.Option(new Text(lowerCase(part.text(0, i)), range), value);
            }
        }
        return new RunMount.Option(new Text(lowerCase(part.toString()), range), null);
    }

    private static String lowerCase(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    private void refuseVariable(RunMount.Option option) {
        var value = option.value();
        if (option.key().value().equals("from") && value != null && namesVariable(value.text())) {
            reading.error(
                    Rule.MOUNT_FROM_NOT_EXPANDED,
                    value.range(),
                    "variables are not expanded in from=",
                    "give it a name with FROM " + value.text() + " AS <name> and write from=<name>");
        }
    }

    private static boolean namesVariable(String value) {
        var dollar = value.indexOf('$');
        return dollar >= 0 && dollar < value.length() - 1;
    }
}
