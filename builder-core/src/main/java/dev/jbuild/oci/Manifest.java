package dev.jbuild.oci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// One image: its config and its layers, lowest first.
///
/// @param raw the bytes that the digest of the image is taken of
/// @param config its media type need not be that of a container image
/// @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">OCI image manifest</a>
public record Manifest(
        JsonBytes raw,
        MediaType mediaType,
        Descriptor config,
        List<Descriptor> layers,
        SortedMap<String, String> annotations)
        implements ImageDocument {
    /// Twice what overlay can stack, eight times what Docker allows.
    public static final int MAX_LAYERS = 1000;

    public Manifest {
        layers = List.copyOf(layers);
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /// {@return a new OCI manifest, written in the pretty form with the fields in the order of the specification}
    ///
    /// @param layers lowest first
    public static Manifest of(Descriptor config, List<Descriptor> layers, SortedMap<String, String> annotations) {
        ObjectNode object = OciJson.newObject();
        object.put("schemaVersion", 2);
        object.put("mediaType", MediaType.OCI_MANIFEST.name());
        object.set("config", config.toJson());
        ArrayNode list = object.putArray("layers");
        layers.forEach(layer -> list.add(layer.toJson()));
        if (!annotations.isEmpty()) {
            annotations.forEach(object.putObject("annotations")::put);
        }
        JsonBytes raw = JsonBytes.of(OciJson.printPretty(object));
        return new Manifest(raw, MediaType.OCI_MANIFEST, config, layers, annotations);
    }

    static Manifest read(JsonBytes raw, MediaType mediaType, JsonFields fields) {
        List<Descriptor> layers = new ArrayList<>();
        for (JsonFields layer : fields.objects("layers", MAX_LAYERS)) {
            layers.add(Descriptor.read(layer));
        }
        return new Manifest(
                raw, mediaType, Descriptor.read(fields.object("config")), layers, fields.stringMap("annotations"));
    }
}
