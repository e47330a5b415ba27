package dev.jbuild.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.oci.OciJson;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One step of a build.
///
/// @param stage name of its stage; empty when the file has only one
/// @param name as people see it: `[build 2/3] RUN make`
/// @param line of the Dockerfile, counted from 1; 0 when no instruction asked for it
/// @param text the instruction as written
/// @param variables those that its words name, with the values that they had
/// @param key hex digits of its cache key; of a base, the digest of the image's manifest
/// @param cause why it ran, with a `text` for people among its fields; null when it did not run; not to be changed
public record StepRecord(
        String stage,
        String name,
        int line,
        String text,
        SortedMap<String, String> variables,
        String key,
        Fate fate,
        @Nullable ObjectNode cause) {
    public StepRecord {
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }

    /// What became of a step.
    public enum Fate {
        /// It is an image or a directory to start from.
        BASE,
        CACHED,
        RAN
    }

    ObjectNode toJson() {
        ObjectNode json = OciJson.newObject()
                .put("stage", stage)
                .put("name", name)
                .put("line", line)
                .put("text", text)
                .put("key", key)
                .put("fate", fate.name().toLowerCase(Locale.ROOT));
        if (!variables.isEmpty()) {
            ObjectNode values = json.putObject("variables");
            variables.forEach(values::put);
        }
        if (cause != null) {
            json.set("cause", cause);
        }
        return json;
    }

    static StepRecord parse(JsonFields fields, @Nullable ObjectNode cause) {
        return new StepRecord(
                fields.string("stage"),
                fields.string("name"),
                (int) fields.number("line", 0, Integer.MAX_VALUE),
                fields.string("text"),
                fields.stringMap("variables"),
                fields.string("key"),
                fate(fields),
                cause);
    }

    private static Fate fate(JsonFields fields) {
        return switch (fields.string("fate")) {
            case "base" -> Fate.BASE;
            case "cached" -> Fate.CACHED;
            case "ran" -> Fate.RAN;
            default -> throw fields.malformed("fate", "is unknown");
        };
    }

    /// {@return why the step ran, for people; null when it did not run}
    ///
    /// @throws MalformedImageException when the record was written by something else
    public @Nullable String causeText() {
        return cause == null ? null : JsonFields.of("cause", cause).string("text");
    }
}
