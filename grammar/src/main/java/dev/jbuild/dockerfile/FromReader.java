package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Flags.Kind;
import dev.jbuild.dockerfile.Instruction.Origin;
import dev.jbuild.dockerfile.antlr.DockerfileParser.FromContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.WordContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads FROM.
final class FromReader {
    private static final List<Flags.Known> FLAGS = List.of(new Flags.Known("platform", Kind.VALUE));
    private static final int WORDS_WITH_NAME = 3;

    private final Reading reading;

    FromReader(Reading reading) {
        this.reading = reading;
    }

    @Nullable
    Instruction read(FromContext node, Origin origin) {
        var flags = Flags.read(node.flags(), FLAGS, reading);
        var written =
                node.words() == null ? List.<WordContext>of() : node.words().word();
        if (written.isEmpty()) {
            reading.missing("FROM", "an image", "FROM <image> [AS <name>]", origin);
            return null;
        }
        Instruction.Alias alias = null;
        if (written.size() > 1) {
            alias = alias(written);
            if (alias == null) {
                return null;
            }
        }
        var image = new WordList(reading).read(written.subList(0, 1), "FROM").getFirst();
        return new Instruction.From(flags.word("platform"), image, alias, origin);
    }

    private Instruction.@Nullable Alias alias(List<WordContext> written) {
        var as = new Text(reading.text(written.get(1)), reading.rangeOf(written.get(1)));
        var image = reading.text(written.getFirst());
        if (!as.value().equalsIgnoreCase("AS") || written.size() > WORDS_WITH_NAME) {
            var odd = as.value().equalsIgnoreCase("AS") ? written.get(WORDS_WITH_NAME) : written.get(1);
            reading.error(
                    Rule.FROM_ARGUMENTS,
                    reading.rangeOf(odd),
                    "FROM takes an image and perhaps AS and a name; '" + reading.text(odd) + "' is neither",
                    "FROM " + image + " AS <name>");
            return null;
        }
        if (written.size() == 2) {
            reading.error(Rule.FROM_ARGUMENTS, as.range(), "AS without a name", "FROM " + image + " AS <name>");
            return null;
        }
        var name = new Text(reading.text(written.get(2)), reading.rangeOf(written.get(2)));
        if (!isStageName(name.value().toLowerCase(Locale.ROOT))) {
            reading.error(
                    Rule.STAGE_NAME,
                    name.range(),
                    "'" + name.value() + "' is no name for a stage",
                    "a letter, then letters, digits, '-', '_' and '.'");
            return null;
        }
        return new Instruction.Alias(as, name);
    }

    private static boolean isStageName(String name) {
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            var letter = c >= 'a' && c <= 'z';
            if (!letter && (i == 0 || ((c < '0' || c > '9') && "-_.".indexOf(c) < 0))) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
