package dev.jbuild.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.oci.OciJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the last build of a project did.
///
/// @param project what was built, for people: `/src/app/Dockerfile, target test`
/// @param steps in an order in which each comes after what it stands on; those that an interrupted build did not reach
///     are as the build before it left them
public record BuildRecord(String project, Instant finished, List<StepRecord> steps) {
    private static final int VERSION = 1;
    private static final int MOST_STEPS = 1 << 20;

    public BuildRecord {
        steps = List.copyOf(steps);
    }

    /// {@return the record as a document, which [#parse] reads}
    public ObjectNode toJson() {
        ObjectNode json = OciJson.newObject();
        json.put("v", VERSION).put("project", project).put("finished", finished.toString());
        ArrayNode array = json.putArray("steps");
        steps.forEach(step -> array.add(step.toJson()));
        return json;
    }

    /// {@return the record in `json`; nothing when it is damaged or of another version}
    static Optional<BuildRecord> parse(byte[] json) {
        try {
            JsonNode node = OciJson.parse("build record", json, json.length);
            JsonFields fields = JsonFields.of("build record", node);
            Instant finished = fields.optionalTime("finished");
            if (fields.number("v", 0, Long.MAX_VALUE) != VERSION || finished == null) {
                return Optional.empty();
            }
            var steps = new ArrayList<StepRecord>();
            List<JsonFields> objects = fields.objects("steps", MOST_STEPS);
            for (int i = 0; i < objects.size(); i++) {
                JsonNode cause = node.path("steps").path(i).get("cause");
                steps.add(StepRecord.parse(objects.get(i), cause instanceof ObjectNode object ? object : null));
            }
            return Optional.of(new BuildRecord(fields.string("project"), finished, steps));
        } catch (MalformedImageException damaged) {
            return Optional.empty();
        }
    }
}
