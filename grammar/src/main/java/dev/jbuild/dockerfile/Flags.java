package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.DockerfileParser.FlagsContext;
import dev.jbuild.dockerfile.antlr.FlagText;
import dev.jbuild.dockerfile.antlr.MappedText;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// The flags of one instruction, checked against those it knows.
final class Flags {
    /// The first byte of a blank that is not ASCII: BuildKit takes the second for a blank, the first for text.
    static final char WIDE_BLANK = '\u00C2';

    private static final int DASHES = 2;

    private final Reading reading;
    private final List<Flag> flags = new ArrayList<>();

    private Flags(Reading reading) {
        this.reading = reading;
    }

    /// How often a flag may stand, and what follows it.
    enum Kind {
        /// `--name=value`, once.
        VALUE,
        /// `--name=value`, any number of times.
        LIST,
        /// `--name`, `--name=true` or `--name=false`, once.
        SWITCH
    }

    /// A flag that an instruction knows.
    record Known(String name, Kind kind) {}

    /// A flag as written.
    ///
    /// @param value unquoted; null without `=`
    /// @param valueAt where the value would stand, in the file
    record Flag(String name, @Nullable MappedText value, int valueAt, SourceRange range) {}

    /// Reads the flags. What is wrong with one is reported, and the flag left out.
    static Flags read(FlagsContext node, List<Known> known, Reading reading) {
        var flags = new Flags(reading);
        for (var written : node.FLAG()) {
            flags.add(flag(written.getSymbol(), reading), known);
        }
        return flags;
    }

    /// Reads a flag by itself.
    static Flag flag(Token token, Reading reading) {
        var start = token.getStartIndex() + token.getText().indexOf("--");
        var range = reading.rangeOf(start, token.getStopIndex() + 1);
        var text = FlagText.unquoted(reading.slice(start, token.getStopIndex() + 1));
        if (reading.holdsWideBlank(token.getStopIndex() + 1)) {
            text.append(WIDE_BLANK, reading.offset(token.getStopIndex() + 1));
        }
        for (var i = DASHES; i < text.size(); i++) {
            if (text.character(i) == '=') {
                return new Flag(text.text(DASHES, i), text.slice(i + 1, text.size()), text.offset(i) + 1, range);
            }
        }
        return new Flag(text.text(DASHES, text.size()), null, reading.offset(start), range);
    }

    private void add(Flag flag, List<Known> known) {
        var kind = kind(flag.name(), known);
        if (kind == null) {
            var names = known.stream().map(each -> "--" + each.name()).toList();
            var suggestion = Suggestion.of("--" + flag.name(), names);
            reading.error(Rule.UNKNOWN_FLAG, flag.range(), "unknown flag --" + flag.name(), suggestion);
        } else if (kind != Kind.LIST && find(flag.name()) != null) {
            reading.error(Rule.DUPLICATE_FLAG, flag.range(), "--" + flag.name() + " is given twice", null);
        } else if (kind != Kind.SWITCH && flag.value() == null) {
            var message = "--" + flag.name() + " needs a value";
            reading.error(Rule.FLAG_WITHOUT_VALUE, flag.range(), message, "--" + flag.name() + "=<value>");
        } else if (kind == Kind.SWITCH && choice(flag) == null) {
            var message = "--" + flag.name() + " is either true or false, not '" + flag.value() + "'";
            reading.error(Rule.FLAG_NOT_BOOLEAN, flag.range(), message, null);
        } else {
            flags.add(flag);
        }
    }

    private static @Nullable Kind kind(String name, List<Known> known) {
        for (var candidate : known) {
            if (candidate.name().equals(name)) {
                return candidate.kind();
            }
        }
        return null;
    }

    private static @Nullable Boolean choice(Flag flag) {
        var value = flag.value() == null ? "true" : flag.value().toString();
        if (value.equalsIgnoreCase("true")) {
            return true;
        }
        return value.equalsIgnoreCase("false") ? false : null;
    }

    @Nullable
    Flag find(String name) {
        for (var flag : flags) {
            if (flag.name().equals(name)) {
                return flag;
            }
        }
        return null;
    }

    List<Flag> all(String name) {
        var found = new ArrayList<Flag>();
        for (var flag : flags) {
            if (flag.name().equals(name)) {
                found.add(flag);
            }
        }
        return found;
    }

    /// Returns what a switch says; null when it is not written.
    @Nullable
    Boolean choice(String name) {
        var flag = find(name);
        return flag == null ? null : choice(flag);
    }

    boolean isOn(String name) {
        return Boolean.TRUE.equals(choice(name));
    }

    /// Returns a value that is expanded later.
    @Nullable
    Word word(String name) {
        var flag = find(name);
        return flag == null || flag.value() == null ? null : reading.words().read(flag.value(), flag.valueAt());
    }

    /// Returns a value that is never expanded.
    @Nullable
    Text text(String name) {
        var flag = find(name);
        return flag == null ? null : text(flag);
    }

    List<Text> texts(String name) {
        var texts = new ArrayList<Text>();
        for (var flag : all(name)) {
            texts.add(text(flag));
        }
        return texts;
    }

    private Text text(Flag flag) {
        var value = flag.value();
        return new Text(value == null ? "" : value.toString(), flag.range());
    }
}
