package dev.jbuild.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A condition on items, as `KEY=VALUE`, `KEY!=VALUE` or `KEY~=PATTERN`, or a key alone for those that are true or
/// false. `until=24h` means: not used for 24 hours.
public final class ItemFilter {
    private enum Operator {
        EQUALS,
        DIFFERS,
        MATCHES
    }

    private enum Key {
        ID,
        TYPE,
        DESCRIPTION,
        INUSE,
        SHARED,
        PRIVATE,
        UNTIL
    }

    private final Key key;
    private final Operator operator;
    private final String value;
    private final @Nullable Duration age;
    private final @Nullable Pattern pattern;

    private ItemFilter(Key key, Operator operator, String value, @Nullable Duration age, @Nullable Pattern pattern) {
        this.key = key;
        this.operator = operator;
        this.value = value;
        this.age = age;
        this.pattern = pattern;
    }

    /// {@return the filter that `text` says}
    ///
    /// @throws PolicyException when it is none
    public static ItemFilter parse(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        String value = equals < 0 ? "true" : text.substring(equals + 1);
        Operator operator = Operator.EQUALS;
        if (name.endsWith("!") || name.endsWith("~")) {
            operator = name.endsWith("!") ? Operator.DIFFERS : Operator.MATCHES;
            name = name.substring(0, name.length() - 1);
        }
        Key key = key(name, text);
        if (key == Key.TYPE && operator != Operator.MATCHES) {
            value = ItemKind.of(value)
                    .orElseThrow(() -> new PolicyException("filter '" + text + "' names no type; types are " + types()))
                    .label();
        }
        Duration age = key == Key.UNTIL ? Amounts.duration(value) : null;
        return new ItemFilter(key, operator, value, age, operator == Operator.MATCHES ? pattern(value, text) : null);
    }

    private static Key key(String name, String text) {
        return switch (name) {
            case "id" -> Key.ID;
            case "type" -> Key.TYPE;
            case "description" -> Key.DESCRIPTION;
            case "inuse" -> Key.INUSE;
            case "shared" -> Key.SHARED;
            case "private" -> Key.PRIVATE;
            case "until", "unused-for" -> Key.UNTIL;
            default ->
                throw new PolicyException("filter '" + text
                        + "' has no known key; keys are id, type, description, inuse, shared, private and until");
        };
    }

    private static String types() {
        var text = new StringBuilder();
        for (ItemKind kind : ItemKind.values()) {
            text.append(text.isEmpty() ? "" : ", ").append(kind.label());
        }
        return text.toString();
    }

    private static Pattern pattern(String value, String text) {
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException invalid) {
            throw new PolicyException("filter '" + text + "' has no valid pattern: "
                    + invalid.getDescription().toLowerCase(Locale.ROOT));
        }
    }

    /// {@return whether an item is meant}
    public boolean accepts(StoreItem item, Instant now) {
        return switch (key) {
            case ID -> compare(item.id()) || (operator == Operator.EQUALS && isPrefix(item.id()));
            case TYPE -> compare(item.kind().label());
            case DESCRIPTION -> compare(item.description());
            case INUSE -> compare(String.valueOf(item.need().leased()));
            case SHARED -> compare(String.valueOf(item.isShared()));
            case PRIVATE -> compare(String.valueOf(!item.isShared()));
            case UNTIL -> age != null && Duration.between(item.lastUsed(), now).compareTo(age) >= 0;
        };
    }

    /// {@return whether this filter names the kind of an item alone}
    boolean asksFor(ItemKind kind) {
        return key == Key.TYPE && operator == Operator.EQUALS && value.equals(kind.label());
    }

    /// The beginning of an id is enough, as `du` prints it.
    private boolean isPrefix(String id) {
        return value.length() >= 4
                && (id.startsWith(value) || id.substring(id.indexOf(':') + 1).startsWith(value));
    }

    private boolean compare(String actual) {
        return switch (operator) {
            case EQUALS -> actual.equals(value);
            case DIFFERS -> !actual.equals(value);
            case MATCHES -> pattern != null && pattern.matcher(actual).find();
        };
    }
}
