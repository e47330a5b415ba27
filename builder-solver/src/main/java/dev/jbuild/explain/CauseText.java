package dev.jbuild.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.OciJson;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Causes as people read them, and as programs do.
public final class CauseText {
    /// Longer texts are shown around the place where they begin to differ.
    private static final int SHOWN = 48;

    private static final int CONTEXT = 12;
    private static final int DIGEST_DIGITS = 12;

    private CauseText() {}

    /// {@return the cause as the rest of a line that begins with `MISS because`}
    public static String of(Cause cause) {
        return switch (cause) {
            case Cause.FirstBuild() -> "no earlier build of this project is known";
            case Cause.NewInstruction() -> "the instruction is new";
            case Cause.NotCached(String option) -> option + " asks for it";
            case Cause.Expired(Duration age, Duration limit) ->
                "its result is " + age(age) + " old, and --cache-ttl allows " + age(limit);
            case Cause.Command(String before, String after) -> "the command changed: " + change(before, after);
            case Cause.Setting(String name, String before, String after) -> name + " changed: " + change(before, after);
            case Cause.Variable variable -> variable(variable);
            case Cause.Files files -> files(files);
            case Cause.BaseMoved(String name, Digest before, Digest after) ->
                "the base moved: " + name + " was " + shortened(before) + " and is " + shortened(after);
            case Cause.BaseReplaced(String before, String after) -> "the base changed: " + change(before, after);
            case Cause.Parent(String step) -> "a step before it gave another result: " + step;
            case Cause.ParentGone() -> "a step before it was taken out";
            case Cause.Evicted(String part) -> "the " + part + " of its result is no longer in the store";
            case Cause.Forgotten() -> "what the last build did here is no longer known";
        };
    }

    /// {@return the cause as an object with its `kind`, its `text` for people, and what it is about}
    public static ObjectNode json(Cause cause) {
        ObjectNode json = OciJson.newObject().put("text", of(cause));
        return switch (cause) {
            case Cause.FirstBuild() -> json.put("kind", "first-build");
            case Cause.NewInstruction() -> json.put("kind", "new-instruction");
            case Cause.NotCached(String option) -> json.put("kind", "no-cache").put("option", option);
            case Cause.Expired(Duration age, Duration limit) ->
                json.put("kind", "expired").put("age", age.toSeconds()).put("limit", limit.toSeconds());
            case Cause.Command(String before, String after) ->
                json.put("kind", "command").put("before", before).put("after", after);
            case Cause.Setting(String name, String before, String after) ->
                json.put("kind", "setting")
                        .put("name", name)
                        .put("before", before)
                        .put("after", after);
            case Cause.Variable variable -> variable(json, variable);
            case Cause.Files files -> files(json, files);
            case Cause.BaseMoved(String name, Digest before, Digest after) ->
                json.put("kind", "base-moved")
                        .put("name", name)
                        .put("before", before.toString())
                        .put("after", after.toString());
            case Cause.BaseReplaced(String before, String after) ->
                json.put("kind", "base-replaced").put("before", before).put("after", after);
            case Cause.Parent(String step) -> json.put("kind", "parent").put("step", step);
            case Cause.ParentGone() -> json.put("kind", "parent-gone");
            case Cause.Evicted(String part) -> json.put("kind", "evicted").put("part", part);
            case Cause.Forgotten() -> json.put("kind", "forgotten");
        };
    }

    private static String variable(Cause.Variable variable) {
        var text = new StringBuilder();
        Declaration declared = variable.declared();
        text.append(declared == null ? "variable" : declared.keyword())
                .append(' ')
                .append(variable.name());
        if (declared != null && declared.line() > 0) {
            text.append(" (line ").append(declared.line()).append(')');
        }
        if (variable.before() == null) {
            text.append(" is new: ").append(quoted(variable.after()));
        } else if (variable.after() == null) {
            text.append(" is gone, it was ").append(quoted(variable.before()));
        } else {
            text.append(" changed: ").append(change(variable.before(), variable.after()));
        }
        return variable.more() == 0 ? text.toString() : text + ", +" + variable.more() + " more";
    }

    private static String quoted(@Nullable String value) {
        return value == null ? "nothing" : "'" + line(value, 0) + "'";
    }

    private static ObjectNode variable(ObjectNode json, Cause.Variable variable) {
        json.put("kind", "variable").put("name", variable.name()).put("more", variable.more());
        if (variable.before() != null) {
            json.put("before", variable.before());
        }
        if (variable.after() != null) {
            json.put("after", variable.after());
        }
        if (variable.declared() != null) {
            json.putObject("declared")
                    .put("keyword", variable.declared().keyword())
                    .put("line", variable.declared().line());
        }
        return json;
    }

    private static String files(Cause.Files files) {
        FileChange first = files.changes().getFirst();
        String path = first.path().isEmpty() ? "" : "'" + first.path() + "' in ";
        String aspects = first.aspects().isEmpty() ? "" : " (" + String.join(", ", first.aspects()) + ")";
        int more = files.changes().size() - 1 + Math.max(0, files.more());
        return path + files.place() + " changed" + aspects + (more == 0 ? "" : ", +" + more + " more");
    }

    private static ObjectNode files(ObjectNode json, Cause.Files files) {
        json.put("kind", "files").put("place", files.place());
        ArrayNode changes = json.putArray("changes");
        for (FileChange change : files.changes()) {
            ObjectNode each = changes.addObject().put("path", change.path().toString());
            ArrayNode aspects = each.putArray("aspects");
            change.aspects().forEach(aspects::add);
        }
        return json.put("more", files.more());
    }

    /// {@return both texts, and of long ones the part around the first difference}
    private static String change(String before, String after) {
        int same = 0;
        while (same < before.length() && same < after.length() && before.charAt(same) == after.charAt(same)) {
            same++;
        }
        boolean longer = before.length() > SHOWN || after.length() > SHOWN;
        int from = longer ? Math.max(0, same - CONTEXT) : 0;
        return "'" + line(before, from) + "' -> '" + line(after, from) + "'";
    }

    private static String line(String text, int from) {
        int start = boundary(text, from);
        int end = boundary(text, start + SHOWN);
        String part = text.substring(start, end).replace('\n', ' ');
        return (from > 0 ? "..." : "") + part + (end < text.length() ? "..." : "");
    }

    /// {@return a place not behind `index` at which no character is cut in two}
    private static int boundary(String text, int index) {
        int within = Math.min(text.length(), index);
        boolean inside = within > 0 && within < text.length() && Character.isLowSurrogate(text.charAt(within));
        return inside ? within - 1 : within;
    }

    private static String shortened(Digest digest) {
        return digest.algorithm() + ":" + digest.hex().substring(0, DIGEST_DIGITS);
    }

    private static String age(Duration duration) {
        if (duration.toDays() > 1) {
            return duration.toDays() + " days";
        }
        if (duration.toHours() > 1) {
            return duration.toHours() + " hours";
        }
        return duration.toMinutes() > 1 ? duration.toMinutes() + " minutes" : duration.toSeconds() + " seconds";
    }
}
