package dev.jbuild.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Names a blob or document by what it is, its digest and its size.
///
/// @param size bytes, not negative
/// @param platform only on the manifests of an index
/// @param annotations free text by key, sorted; jbuild decides nothing by them but which entry of a layout a tag
///     names
/// @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md">OCI content
///     descriptors</a>
public record Descriptor(
        MediaType mediaType,
        Digest digest,
        long size,
        @Nullable Platform platform,
        SortedMap<String, String> annotations) {
    public Descriptor {
        if (size < 0) {
            throw new IllegalArgumentException("negative size " + size);
        }
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /// {@return a descriptor without platform and annotations}
    public static Descriptor of(MediaType mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, null, Collections.emptySortedMap());
    }

    /// {@return this descriptor with a platform}
    public Descriptor withPlatform(Platform platform) {
        return new Descriptor(mediaType, digest, size, platform, annotations);
    }

    /// {@return this descriptor with one annotation more, or another value for it}
    public Descriptor withAnnotation(String key, String value) {
        var extended = new TreeMap<>(annotations);
        extended.put(key, value);
        return new Descriptor(mediaType, digest, size, platform, extended);
    }

    /// {@return the descriptor that stands in a field of another document}
    static Descriptor read(JsonFields fields) {
        JsonFields platform = fields.optionalObject("platform");
        return new Descriptor(
                new MediaType(fields.string("mediaType")),
                fields.digest("digest"),
                fields.number("size", 0, Long.MAX_VALUE),
                platform == null ? null : Platform.read(platform),
                fields.stringMap("annotations"));
    }

    /// {@return the descriptor as JSON, its fields in the order of the specification}
    ObjectNode toJson() {
        ObjectNode object = OciJson.newObject();
        object.put("mediaType", mediaType.name());
        object.put("digest", digest.toString());
        object.put("size", size);
        if (!annotations.isEmpty()) {
            annotations.forEach(object.putObject("annotations")::put);
        }
        if (platform != null) {
            platform.writeTo(object.putObject("platform"));
        }
        return object;
    }
}
