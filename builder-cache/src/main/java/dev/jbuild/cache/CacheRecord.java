package dev.jbuild.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.blob.SealedJson;
import dev.jbuild.layer.LayerId;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.oci.OciJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What became of a step.
///
/// @param layer what the step made
/// @param created when; it becomes the time of the layer's history entry
/// @param took how long the step ran; null when nobody noted it
/// @param description the step as a person knows it
/// @param operation as in the key; not to be changed
/// @param inputs as in the key
/// @param reads as in the key
public record CacheRecord(
        CacheKey key,
        LayerId layer,
        Instant created,
        @Nullable Duration took,
        String description,
        ObjectNode operation,
        List<LayerId> inputs,
        List<Read> reads) {
    static final int VERSION = 1;

    public CacheRecord {
        inputs = List.copyOf(inputs);
        reads = List.copyOf(reads);
    }

    /// {@return the record of a step that was run now, with the key of what it was made of}
    public static CacheRecord of(
            ObjectNode operation, List<LayerId> inputs, List<Read> reads, LayerId layer, String description) {
        return new CacheRecord(
                CacheKey.of(operation, inputs, reads),
                layer,
                Instant.now(),
                null,
                description,
                operation,
                inputs,
                reads);
    }

    /// {@return the same record of a step that ran this long}
    public CacheRecord took(Duration time) {
        return new CacheRecord(key, layer, created, time, description, operation, inputs, reads);
    }

    byte[] toJson() {
        ObjectNode object = OciJson.newObject();
        object.put("v", VERSION);
        object.put("key", key.hex());
        object.put("layer", layer.toString());
        object.put("created", created.toString());
        if (took != null) {
            object.put("took", took.toMillis());
        }
        object.put("description", description);
        object.set("op", operation);
        object.set("inputs", CacheKey.inputsJson(inputs));
        object.set("reads", CacheKey.readsJson(reads));
        return SealedJson.print(object);
    }

    /// {@return the record in `json`; nothing when it is damaged, of another version, or another key's}
    static Optional<CacheRecord> parse(CacheKey key, byte[] json) {
        try {
            JsonNode node = SealedJson.parse("cache record", json);
            JsonFields fields = JsonFields.of("cache record", node);
            if (fields.number("v", 0, Long.MAX_VALUE) != VERSION
                    || !fields.string("key").equals(key.hex())
                    || !(node.get("op") instanceof ObjectNode operation)) {
                return Optional.empty();
            }
            List<LayerId> inputs =
                    fields.strings("inputs").stream().map(LayerId::parse).toList();
            Instant created = fields.optionalTime("created");
            Long took = fields.optionalNumber("took", 0, Long.MAX_VALUE);
            return created == null
                    ? Optional.empty()
                    : Optional.of(new CacheRecord(
                            key,
                            LayerId.parse(fields.string("layer")),
                            created,
                            took == null ? null : Duration.ofMillis(took),
                            fields.string("description"),
                            operation,
                            inputs,
                            parseReads(node.path("reads"))));
        } catch (MalformedImageException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static List<Read> parseReads(JsonNode array) {
        List<Read> reads = new ArrayList<>();
        for (JsonNode read : array) {
            reads.add(new Read(
                    ByteText.read(read.path(0).asText()),
                    Digest.parse(read.path(1).asText())));
        }
        return reads;
    }
}
