package dev.jbuild.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The fields of one JSON object, read by type; what does not fit is refused with the place where it stands, for
/// example
/// `manifest: 'layers[2].size' is not a number`.
///
/// A field that is `null` is absent: Go programs write `null` for empty lists and maps.
public final class JsonFields {
    private final String document;
    private final String path;
    private final ObjectNode node;

    private JsonFields(String document, String path, ObjectNode node) {
        this.document = document;
        this.path = path;
        this.node = node;
    }

    /// {@return the fields of a whole document}
    ///
    /// @param document what to call it in messages, for example `manifest`
    /// @throws MalformedImageException when it is not an object
    public static JsonFields of(String document, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new JsonFields(document, "", object);
        }
        throw new MalformedImageException(document, "is not a JSON object");
    }

    /// {@return whether the field is there and not `null`}
    public boolean has(String name) {
        return find(name) != null;
    }

    /// {@return the text of a required field}
    public String string(String name) {
        return required(name, optionalString(name));
    }

    /// {@return the text of a field, null when absent}
    public @Nullable String optionalString(String name) {
        JsonNode value = find(name);
        return value == null ? null : textOf(value, place(name));
    }

    /// {@return a required whole number within bounds}
    public long number(String name, long minimum, long maximum) {
        return required(name, optionalNumber(name, minimum, maximum));
    }

    /// {@return a whole number within bounds, null when absent}
    public @Nullable Long optionalNumber(String name, long minimum, long maximum) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()) {
            throw malformed(name, "is not a number");
        }
        if (!value.canConvertToLong() || value.longValue() < minimum || value.longValue() > maximum) {
            throw malformed(name, "is out of range: " + Excerpt.of(value.asText()));
        }
        return value.longValue();
    }

    /// {@return a truth value, false when absent}
    public boolean flag(String name) {
        JsonNode value = find(name);
        if (value != null && !value.isBoolean()) {
            throw malformed(name, "is not true or false");
        }
        return value != null && value.booleanValue();
    }

    /// {@return a required digest; only its text is checked}
    public Digest digest(String name) {
        return digestOf(string(name), place(name));
    }

    /// {@return a time, null when absent}
    public @Nullable Instant optionalTime(String name) {
        String text = optionalString(name);
        try {
            return text == null ? null : Rfc3339.parse(text);
        } catch (DateTimeException notATime) {
            throw malformed(name, "is not a time: " + Excerpt.quoted(text));
        }
    }

    /// {@return a required object}
    public JsonFields object(String name) {
        return required(name, optionalObject(name));
    }

    /// {@return an object, null when absent}
    public @Nullable JsonFields optionalObject(String name) {
        JsonNode value = find(name);
        return value == null ? null : objectOf(value, place(name));
    }

    /// {@return a list of objects, empty when absent}
    ///
    /// @param maximum how many at most
    public List<JsonFields> objects(String name, int maximum) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode element : elements(name, maximum)) {
            objects.add(objectOf(element, place(name) + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /// {@return a list of texts, empty when absent}
    public List<String> strings(String name) {
        List<String> strings = new ArrayList<>();
        for (JsonNode element : elements(name, Integer.MAX_VALUE)) {
            strings.add(textOf(element, place(name) + "[" + strings.size() + "]"));
        }
        return strings;
    }

    /// {@return a list of digests, empty when absent}
    ///
    /// @param maximum how many at most
    public List<Digest> digests(String name, int maximum) {
        List<Digest> digests = new ArrayList<>();
        for (JsonNode element : elements(name, maximum)) {
            String place = place(name) + "[" + digests.size() + "]";
            digests.add(digestOf(textOf(element, place), place));
        }
        return digests;
    }

    /// {@return an object whose values are all texts, empty when absent}
    public SortedMap<String, String> stringMap(String name) {
        var map = new TreeMap<String, String>();
        JsonFields object = optionalObject(name);
        if (object != null) {
            object.node
                    .properties()
                    .forEach(entry -> map.put(
                            entry.getKey(), textOf(entry.getValue(), object.place(Excerpt.of(entry.getKey())))));
        }
        return map;
    }

    /// {@return the keys of an object whose values mean nothing, such as `{"80/tcp":{}}`; empty when absent}
    public SortedSet<String> keys(String name) {
        var keys = new TreeSet<String>();
        JsonFields object = optionalObject(name);
        if (object != null) {
            object.node.fieldNames().forEachRemaining(keys::add);
        }
        return keys;
    }

    /// {@return all fields but those named}
    public UnknownFields others(Set<String> known) {
        return UnknownFields.of(node, known);
    }

    /// {@return an exception that says what is wrong with a field}
    ///
    /// @param problem follows the quoted name: `is missing`
    public MalformedImageException malformed(String name, String problem) {
        return malformedAt(place(name), problem);
    }

    private MalformedImageException malformedAt(String place, String problem) {
        return new MalformedImageException(document, "'" + place + "' " + problem);
    }

    private String place(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private @Nullable JsonNode find(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw malformed(name, "is missing");
        }
        return value;
    }

    private JsonNode elements(String name, int maximum) {
        JsonNode value = find(name);
        if (value == null) {
            return OciJson.newArray();
        }
        if (!value.isArray()) {
            throw malformed(name, "is not a list");
        }
        if (value.size() > maximum) {
            throw malformed(name, "has " + value.size() + " entries, more than the " + maximum + " allowed");
        }
        return value;
    }

    private String textOf(JsonNode value, String place) {
        if (!value.isTextual()) {
            throw malformedAt(place, "is not a string");
        }
        return value.textValue();
    }

    private JsonFields objectOf(JsonNode value, String place) {
        if (value instanceof ObjectNode object) {
            return new JsonFields(document, place, object);
        }
        throw malformedAt(place, "is not an object");
    }

    private Digest digestOf(String text, String place) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException notADigest) {
            throw malformedAt(place, "is not a digest: " + Excerpt.quoted(text));
        }
    }
}
