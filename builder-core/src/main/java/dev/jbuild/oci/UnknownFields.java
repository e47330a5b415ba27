package dev.jbuild.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Fields of a JSON object that jbuild does not model. They travel unread from a base image to the image built on
/// it, as the OCI image specification asks of implementations ("unknown properties MUST be ignored", not lost).
public final class UnknownFields {
    /// No fields.
    public static final UnknownFields NONE = new UnknownFields(OciJson.newObject());

    /// Never changed once it is here.
    private final ObjectNode fields;

    private UnknownFields(ObjectNode fields) {
        this.fields = fields;
    }

    static UnknownFields of(ObjectNode object, Set<String> known) {
        ObjectNode fields = object.deepCopy();
        fields.remove(known);
        return fields.isEmpty() ? NONE : new UnknownFields(fields);
    }

    /// {@return the names of the fields}
    public SortedSet<String> names() {
        var names = new TreeSet<String>();
        fields.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// {@return these fields without one}
    public UnknownFields without(String name) {
        return of(fields, Set.of(name));
    }

    /// Puts copies of the fields into an object that is about to be printed.
    void copyTo(ObjectNode target) {
        for (var field : fields.properties()) {
            JsonNode copy = field.getValue().deepCopy();
            target.set(field.getKey(), copy);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnknownFields that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return names().toString();
    }
}
