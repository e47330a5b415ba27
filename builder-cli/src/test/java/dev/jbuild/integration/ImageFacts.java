package dev.jbuild.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is said about an image when it is compared with another: for each thing in it, a path or a part of the
/// configuration, the value of each of its properties.
///
/// Some things are not taken as they are. A time since `start` is only called new. The time of a directory is compared
/// only when it is old in both images: builders are free to say whether a directory that got an entry is changed. The
/// digests of layers, which stand for times as well, are only counted. An entry for the root directory may be there or
/// not. And what JSON leaves out is the same as its null.
final class ImageFacts {
    private static final ObjectMapper SORTED =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    private static final String NEW = "new";

    private final SortedMap<String, SortedMap<String, String>> facts = new TreeMap<>();
    private final long start;

    /// @param start when the builds began, in seconds
    ImageFacts(BuiltImage image, long start) {
        this.start = start;
        image.tree().files().forEach((path, file) -> describe(image.tree(), path, file));
        describe(image.config());
    }

    /// {@return one line for each property that is not the same}
    static List<String> differences(ImageFacts jbuild, ImageFacts peer) {
        var lines = new ArrayList<String>();
        var things = new TreeSet<>(jbuild.facts.keySet());
        things.addAll(peer.facts.keySet());
        for (String thing : things) {
            var ours = jbuild.facts.get(thing);
            var theirs = peer.facts.get(thing);
            if (thing.equals("/") && (ours == null || theirs == null)) {
                continue;
            }
            if (ours == null || theirs == null) {
                lines.add(thing + ": only " + (ours == null ? "BuildKit" : "jbuild") + " has it");
                continue;
            }
            var properties = new TreeSet<>(ours.keySet());
            properties.addAll(theirs.keySet());
            for (String property : properties) {
                String our = ours.getOrDefault(property, "none");
                String their = theirs.getOrDefault(property, "none");
                if (!our.equals(their) && !(isDirectory(ours) && (our.equals(NEW) || their.equals(NEW)))) {
                    lines.add(thing + " " + property + ": jbuild " + our + ", BuildKit " + their);
                }
            }
        }
        return lines;
    }

    private static boolean isDirectory(Map<String, String> properties) {
        return "directory".equals(properties.get("type"));
    }

    private void describe(ImageTree tree, String path, ImageTree.File file) {
        var properties = new TreeMap<String, String>();
        properties.put("type", file.type());
        properties.put("mode", Integer.toOctalString(file.mode()));
        properties.put("owner", file.owner());
        properties.put("time", time(Instant.ofEpochSecond(file.time())));
        properties.put("target", file.target());
        properties.put("content", file.content());
        file.xattrs().forEach((name, value) -> properties.put("xattr " + name, value));
        if (!file.type().equals("directory")) {
            properties.put("names", String.join(" ", tree.names(file)));
        }
        facts.put(path, properties);
    }

    private void describe(JsonNode image) {
        var properties = new TreeMap<String, String>();
        for (Map.Entry<String, JsonNode> field : image.properties()) {
            switch (field.getKey()) {
                case "created" -> properties.put("created", time(field.getValue()));
                case "rootfs" ->
                    properties.put(
                            "layers", "" + field.getValue().get("diff_ids").size());
                case "history" -> history(field.getValue());
                case "config" -> addAll(field.getValue(), "config", new TreeMap<>());
                default -> properties.put(field.getKey(), sorted(field.getValue()));
            }
        }
        facts.put("image", properties);
    }

    private void history(JsonNode history) {
        for (int i = 0; i < history.size(); i++) {
            var properties = new TreeMap<String, String>();
            properties.put("created", time(history.get(i).path("created")));
            addAll(history.get(i), "history " + i, properties);
        }
    }

    private void addAll(JsonNode object, String thing, SortedMap<String, String> properties) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!field.getValue().isNull()) {
                properties.putIfAbsent(field.getKey(), sorted(field.getValue()));
            }
        }
        facts.put(thing, properties);
    }

    private static String sorted(JsonNode value) {
        try {
            return SORTED.writeValueAsString(SORTED.treeToValue(value, Object.class));
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private String time(JsonNode text) {
        return text.isTextual() ? time(Instant.parse(text.textValue())) : "none";
    }

    private String time(Instant time) {
        return time.getEpochSecond() >= start ? NEW : time.toString();
    }
}
