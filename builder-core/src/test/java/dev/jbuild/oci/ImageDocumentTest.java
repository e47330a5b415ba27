package dev.jbuild.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageDocumentTest {
    private static final Digest DIGEST = Digest.ofBytes(new byte[0]);
    private static final String BLOB = "{\"mediaType\":\"%s\",\"digest\":\"" + DIGEST + "\",\"size\":7}";
    private static final String CONFIG = BLOB.formatted(MediaType.OCI_CONFIG);
    private static final String LAYER = BLOB.formatted(MediaType.OCI_LAYER_GZIP);

    @Test
    void manifestIsReadWithItsBytes() {
        String text = "{ \"schemaVersion\": 2, \"config\": " + CONFIG + ", \"layers\": [" + LAYER + "], \"x\": 1 }";
        var manifest = (Manifest) parse(text, null);
        assertThat(manifest.mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
        assertThat(manifest.raw().bytes()).asString(StandardCharsets.UTF_8).isEqualTo(text);
        assertThat(manifest.layers()).containsExactly(Descriptor.of(MediaType.OCI_LAYER_GZIP, DIGEST, 7));
        assertThat(manifest.descriptor().digest()).isEqualTo(Digest.ofBytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void writtenManifestIsReadBack() {
        var annotations = new TreeMap<>(java.util.Map.of("b", "2", "a", "1"));
        Descriptor config = Descriptor.of(MediaType.OCI_CONFIG, DIGEST, 0);
        Manifest written = Manifest.of(config, List.of(config.withAnnotation("k", "v")), annotations);
        assertThat(ImageDocument.parse(written.raw().bytes(), MediaType.OCI_MANIFEST))
                .isEqualTo(written);
        assertThat(new String(written.raw().bytes(), StandardCharsets.UTF_8))
                .startsWith(
                        "{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"application/vnd.oci.image.manifest.v1+json\",\n"
                                + "  \"config\": {\n    \"mediaType\": ")
                .endsWith("\"annotations\": {\n    \"a\": \"1\",\n    \"b\": \"2\"\n  }\n}");
    }

    @Test
    void writtenIndexIsReadBack() {
        Descriptor image =
                Descriptor.of(MediaType.OCI_MANIFEST, DIGEST, 3).withPlatform(Platform.parse("linux/arm/v6"));
        ImageIndex written = ImageIndex.of(List.of(image), Collections.emptySortedMap());
        assertThat(ImageDocument.parse(written.raw().bytes(), null)).isEqualTo(written);
    }

    @Test
    void nullListsAreEmpty() {
        var manifest = (Manifest) parse("{\"schemaVersion\":2,\"config\":" + CONFIG + ",\"layers\":null}", null);
        assertThat(manifest.layers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}| manifest: 'schemaVersion' is missing",
                "[]| manifest: is not a JSON object",
                "{\"schemaVersion\":1}| manifest: has the outdated schema version 1; push the image again with a current tool",
                "{\"schemaVersion\":3}| manifest: 'schemaVersion' is 3, not 2",
                "{\"schemaVersion\":\"2\"}| manifest: 'schemaVersion' is not a number",
                "{\"schemaVersion\":2}| manifest: 'config' is missing",
                "{\"schemaVersion\":2,\"config\":[]}| manifest: 'config' is not an object",
                "{\"schemaVersion\":2,\"manifests\":[],\"layers\":[]}| manifest: has the fields of a manifest and of an index",
                "{\"schemaVersion\":2,\"manifests\":[],\"config\":{}}| manifest: has the fields of a manifest and of an index",
                "{\"schemaVersion\":2,\"manifests\":{}}| index: 'manifests' is not a list",
                "{\"schemaVersion\":2,\"manifests\":[null]}| index: 'manifests[0]' is not an object",
                "{\"schemaVersion\":2,\"mediaType\":\"text/html\"}| manifest: the type text/html is not that of an image",
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"layers\":[]}"
                        + "| manifest: its fields are not those of application/vnd.oci.image.index.v1+json",
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"manifests\":[]}"
                        + "| manifest: its fields are not those of application/vnd.oci.image.manifest.v1+json",
            })
    void brokenDocumentsAreRefused(String text, String message) {
        assertThatThrownBy(() -> parse(text, null))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(message);
    }

    @Test
    void declaredTypeMustBeTheDocumentsOwn() {
        String text = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":[]}";
        assertThat(parse(text, MediaType.OCI_INDEX)).isInstanceOf(ImageIndex.class);
        assertThatThrownBy(() -> parse(text, MediaType.OCI_MANIFEST))
                .hasMessage("manifest: 'mediaType' is application/vnd.oci.image.index.v1+json but it was declared as"
                        + " application/vnd.oci.image.manifest.v1+json");
        assertThatThrownBy(() -> parse("{\"schemaVersion\":2,\"manifests\":[]}", MediaType.OCI_MANIFEST))
                .hasMessage("manifest: its fields are not those of application/vnd.oci.image.manifest.v1+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1| is out of range: -1",
                "9223372036854775808| is out of range: 9223372036854775808",
                "1.5| is not a number",
                "\"7\"| is not a number",
                "null| is missing",
            })
    void sizesAreWholeNumbers(String size, String problem) {
        String layer = LAYER.replace("\"size\":7", "\"size\":" + size);
        String text = "{\"schemaVersion\":2,\"config\":" + CONFIG + ",\"layers\":[" + LAYER + "," + layer + "]}";
        assertThatThrownBy(() -> parse(text, null)).hasMessage("manifest: 'layers[1].size' " + problem);
    }

    @Test
    void digestsAreCheckedBeforeAnythingElseSeesThem() {
        String layer = LAYER.replace(DIGEST.toString(), "sha256:../../../x");
        String text = "{\"schemaVersion\":2,\"config\":" + CONFIG + ",\"layers\":[" + layer + "]}";
        assertThatThrownBy(() -> parse(text, null))
                .hasMessage("manifest: 'layers[0].digest' is not a digest: 'sha256:../../../x'");
    }

    @Test
    void listsAreBounded() {
        String layers = String.join(",", Collections.nCopies(10_000, LAYER));
        String text = "{\"schemaVersion\":2,\"config\":" + CONFIG + ",\"layers\":[" + layers + "]}";
        assertThatThrownBy(() -> parse(text, null))
                .hasMessage("manifest: 'layers' has 10000 entries, more than the 1000 allowed");
        assertThatThrownBy(() -> parse("{\"schemaVersion\":2,\"manifests\":[" + layers + "]}", null))
                .hasMessage("index: 'manifests' has 10000 entries, more than the 1000 allowed");
    }

    private static ImageDocument parse(String text, @org.jspecify.annotations.Nullable MediaType declared) {
        return ImageDocument.parse(text.getBytes(StandardCharsets.UTF_8), declared);
    }
}
