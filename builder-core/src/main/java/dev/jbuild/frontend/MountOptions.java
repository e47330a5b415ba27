package dev.jbuild.frontend;

import dev.jbuild.dockerfile.RunMount;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.dockerfile.Suggestion;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.graph.Mount.FileAccess;
import dev.jbuild.graph.Mount.Sharing;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The options of one `--mount`, expanded and understood one after the other, as they stand.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/#run---mount">RUN --mount</a>
final class MountOptions {
    private static final List<String> TYPES = List.of("bind", "cache", "tmpfs", "secret", "ssh");
    private static final List<String> SHARINGS = List.of("shared", "private", "locked");
    private static final List<String> KEYS = List.of(
            "type",
            "from",
            "source",
            "src",
            "target",
            "dst",
            "destination",
            "readonly",
            "ro",
            "readwrite",
            "rw",
            "id",
            "sharing",
            "required",
            "size",
            "env",
            "mode",
            "uid",
            "gid");

    /// As many fit into a long.
    private static final int MAX_DIGITS = 18;

    private final WordExpander expander;
    private final SourceRange range;

    private String type = "bind";
    private @Nullable String from;
    private SourceRange fromRange;
    private String source = "";
    private String target = "";
    private String id = "";
    private @Nullable String variable;
    private @Nullable Sharing sharing;
    private @Nullable Boolean readOnly;
    private boolean required;
    private @Nullable Long size;
    private @Nullable Integer mode;
    private @Nullable Integer userId;
    private @Nullable Integer groupId;

    private MountOptions(RunMount mount, WordExpander expander) {
        this.expander = expander;
        this.range = mount.range();
        this.fromRange = mount.range();
    }

    /// @throws PlanException when an option makes no sense
    static MountOptions read(RunMount mount, WordExpander expander) {
        var options = new MountOptions(mount, expander);
        mount.options().forEach(options::read);
        options.check();
        return options;
    }

    /// {@return `bind`, `cache`, `tmpfs`, `secret` or `ssh`}
    String type() {
        return type;
    }

    SourceRange range() {
        return range;
    }

    @Nullable
    String from() {
        return from;
    }

    SourceRange fromRange() {
        return fromRange;
    }

    /// {@return empty when not given, as the following}
    String source() {
        return source;
    }

    String target() {
        return target;
    }

    String id() {
        return id;
    }

    @Nullable
    String variable() {
        return variable;
    }

    Sharing sharing() {
        return sharing == null ? Sharing.SHARED : sharing;
    }

    boolean readOnly(boolean otherwise) {
        return readOnly == null ? otherwise : readOnly;
    }

    boolean required() {
        return required;
    }

    @Nullable
    Long size() {
        return size;
    }

    FileAccess access(int defaultMode) {
        return new FileAccess(
                mode == null ? defaultMode : mode, userId == null ? 0 : userId, groupId == null ? 0 : groupId);
    }

    private void read(RunMount.Option option) {
        String key = option.key().value();
        @Nullable Word word = option.value();
        if (word == null) {
            readBare(key, option);
            return;
        }
        String value = expander.expand(word);
        switch (key) {
            case "type" -> type = type(value, word);
            case "from" -> {
                from = value;
                fromRange = word.range();
            }
            case "source", "src" -> source = value;
            case "target", "dst", "destination" -> target = value;
            case "readonly", "ro" -> readOnly = truth(key, value, word);
            case "readwrite", "rw" -> readOnly = !truth(key, value, word);
            case "required" -> {
                refuseUnless(type.equals("secret") || type.equals("ssh"), key, option);
                required = truth(key, value, word);
            }
            case "size" -> {
                refuseUnless(type.equals("tmpfs"), key, option);
                size = ByteSize.parse(value);
                if (size == null) {
                    throw invalid("invalid value for size: " + value, word, "for example size=64m");
                }
            }
            case "id" -> id = value;
            case "env" -> {
                refuseUnless(type.equals("secret"), key, option);
                variable = value;
            }
            case "sharing" -> sharing = sharing(value, word);
            case "mode" -> mode = number(key, value, 8, word);
            case "uid" -> userId = number(key, value, 10, word);
            case "gid" -> groupId = number(key, value, 10, word);
            default -> throw unexpected(key + "=" + word.text(), option);
        }
    }

    private void readBare(String key, RunMount.Option option) {
        switch (key) {
            case "readonly", "ro" -> readOnly = true;
            case "readwrite", "rw" -> readOnly = false;
            case "required" -> {
                refuseUnless(type.equals("secret") || type.equals("ssh"), key, option);
                required = true;
            }
            default -> {
                if (!KEYS.contains(key)) {
                    throw unexpected(key, option);
                }
                throw new PlanException(
                        "mount-option-without-value",
                        option.key().range(),
                        "invalid field '" + key + "' must be a key=value pair",
                        key + "=<value>");
            }
        }
    }

    private void check() {
        boolean hasAccess = !type.equals("bind") && !type.equals("tmpfs");
        if (!hasAccess) {
            refuseAccess("mode", mode);
            refuseAccess("uid", userId);
            refuseAccess("gid", groupId);
        }
        if (type.equals("secret")) {
            checkSecret();
        }
        if (sharing != null && !type.equals("cache")) {
            throw wrong("invalid cache sharing set for " + type + " mount");
        }
    }

    private void checkSecret() {
        if (from != null) {
            throw wrong("secret mount should not have a from");
        }
        if (sharing != null) {
            throw wrong("secret mount should not define sharing");
        }
        if (source.isEmpty() && target.isEmpty() && id.isEmpty()) {
            throw wrong("invalid secret mount. one of source, target required");
        }
        if (!source.isEmpty() && !id.isEmpty()) {
            throw wrong("both source and id can't be set");
        }
    }

    private void refuseAccess(String key, @Nullable Integer value) {
        if (value != null) {
            throw wrong(key + " not allowed for \"" + type + "\" type mounts");
        }
    }

    private void refuseUnless(boolean fits, String key, RunMount.Option option) {
        if (!fits) {
            throw new PlanException(
                    "unknown-mount-option",
                    option.key().range(),
                    "unexpected key '" + key + "' for mount type '" + type + "'",
                    type.equals("bind") ? "write type= first" : null);
        }
    }

    private static PlanException unexpected(String field, RunMount.Option option) {
        String key = option.key().value();
        return new PlanException(
                "unknown-mount-option",
                option.key().range(),
                "unexpected key '" + key + "' in '" + field + "'",
                Suggestion.of(key, KEYS));
    }

    private static String type(String value, Word word) {
        String name = value.toLowerCase(Locale.ROOT);
        if (!TYPES.contains(name)) {
            @Nullable String near = Suggestion.of(value, TYPES);
            throw new PlanException(
                    "unknown-mount-type",
                    word.range(),
                    "unsupported mount type \"" + value + "\"",
                    near == null ? "one of " + String.join(", ", TYPES) : near);
        }
        return name;
    }

    private static Sharing sharing(String value, Word word) {
        for (Sharing candidate : Sharing.values()) {
            if (candidate.keyword().equals(value.toLowerCase(Locale.ROOT))) {
                return candidate;
            }
        }
        @Nullable String near = Suggestion.of(value, SHARINGS);
        throw new PlanException(
                "unknown-sharing",
                word.range(),
                "unsupported sharing value \"" + value + "\"",
                near == null ? "one of " + String.join(", ", SHARINGS) : near);
    }

    /// What Go's `strconv.ParseBool` takes.
    private static boolean truth(String key, String value, Word word) {
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw invalid("invalid value for " + key + ": " + value, word, "true or false");
        };
    }

    private static int number(String key, String value, int radix, Word word) {
        boolean digits = !value.isEmpty() && value.chars().allMatch(c -> Character.digit(c, radix) >= 0 && c < 128);
        if (!digits || value.length() > MAX_DIGITS || Long.parseLong(value, radix) > 0xffff_ffffL) {
            throw invalid("invalid value " + value + " for " + key, word, radix == 8 ? "for example 0755" : null);
        }
        return (int) Long.parseLong(value, radix);
    }

    private static PlanException invalid(String message, Word word, @Nullable String help) {
        return new PlanException("invalid-mount-value", word.range(), message, help);
    }

    private PlanException wrong(String message) {
        return new PlanException("invalid-mount", range, message, null);
    }
}
