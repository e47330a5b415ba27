package dev.jbuild.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one instruction did, in the history of an image config.
///
/// @param createdBy the instruction as shown by `docker history`
/// @param emptyLayer whether it made no layer
public record History(
        @Nullable Instant created,
        @Nullable String createdBy,
        @Nullable String author,
        @Nullable String comment,
        boolean emptyLayer) {

    /// {@return this entry with another time}
    public History withCreated(@Nullable Instant created) {
        return new History(created, createdBy, author, comment, emptyLayer);
    }

    static History read(JsonFields fields) {
        return new History(
                fields.optionalTime("created"),
                fields.optionalString("created_by"),
                fields.optionalString("author"),
                fields.optionalString("comment"),
                fields.flag("empty_layer"));
    }

    ObjectNode toJson() {
        ObjectNode object = OciJson.newObject();
        if (created != null) {
            object.put("created", Rfc3339.print(created));
        }
        put(object, "created_by", createdBy);
        put(object, "author", author);
        put(object, "comment", comment);
        if (emptyLayer) {
            object.put("empty_layer", true);
        }
        return object;
    }

    private static void put(ObjectNode object, String name, @Nullable String text) {
        if (text != null) {
            object.put(name, text);
        }
    }
}
