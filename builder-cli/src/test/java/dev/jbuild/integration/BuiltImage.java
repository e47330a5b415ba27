package dev.jbuild.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// An image as a builder wrote it: its configuration, and its layers put on each other.
record BuiltImage(JsonNode config, ImageTree tree) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// {@return the only image of an OCI layout with layers in gzip}
    static BuiltImage ofLayout(Path layout) throws IOException {
        JsonNode index = JSON.readTree(layout.resolve("index.json").toFile());
        JsonNode manifest =
                JSON.readTree(blob(layout, index.at("/manifests/0/digest")).toFile());
        var tree = new ImageTree();
        for (JsonNode layer : manifest.get("layers")) {
            try (var tar = new GZIPInputStream(Files.newInputStream(blob(layout, layer.get("digest"))))) {
                tree.add(tar);
            }
        }
        return new BuiltImage(
                JSON.readTree(blob(layout, manifest.at("/config/digest")).toFile()), tree);
    }

    /// {@return the only image of what `docker save` has written}
    static BuiltImage ofArchive(Path archive, Path work) throws Exception {
        ExternalCommand.of("tar", "-xf", archive.toString(), "-C", work.toString())
                .run()
                .orFail();
        JsonNode manifest =
                JSON.readTree(work.resolve("manifest.json").toFile()).get(0);
        var tree = new ImageTree();
        for (JsonNode layer : manifest.get("Layers")) {
            try (var tar = Files.newInputStream(work.resolve(layer.textValue()))) {
                tree.add(tar);
            }
        }
        return new BuiltImage(
                JSON.readTree(work.resolve(manifest.get("Config").textValue()).toFile()), tree);
    }

    private static Path blob(Path layout, JsonNode digest) {
        return layout.resolve("blobs").resolve(digest.textValue().replace(':', '/'));
    }
}
