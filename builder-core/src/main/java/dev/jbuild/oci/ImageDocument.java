package dev.jbuild.oci;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What a tag points at: the manifest of one image or an index of several.
public sealed interface ImageDocument permits Manifest, ImageIndex {
    /// {@return the bytes as they were received or will be sent}
    JsonBytes raw();

    /// {@return what kind of document it is}
    MediaType mediaType();

    /// {@return free text by key}
    SortedMap<String, String> annotations();

    /// {@return a descriptor of the document itself}
    default Descriptor descriptor() {
        return raw().descriptor(mediaType());
    }

    /// {@return the document of these bytes, whose digest the caller has checked}
    ///
    /// What it is, is decided once and here: by its `mediaType`, otherwise by what it was declared as, otherwise
    /// by its fields. Documents that could be taken for another kind are refused (CVE-2021-41190).
    ///
    /// @param declared what the descriptor or the server calls it; null when nothing does
    /// @throws MalformedImageException when it is not a manifest or index, or ambiguous
    static ImageDocument parse(byte[] bytes, @Nullable MediaType declared) {
        JsonNode node = OciJson.parse("manifest", bytes);
        JsonFields fields = JsonFields.of("manifest", node);
        MediaType mediaType = typeOf(fields, declared);
        JsonBytes raw = JsonBytes.of(bytes);
        return mediaType.isIndex()
                ? ImageIndex.read(raw, mediaType, JsonFields.of("index", node))
                : Manifest.read(raw, mediaType, fields);
    }

    private static MediaType typeOf(JsonFields fields, @Nullable MediaType declared) {
        long version = fields.number("schemaVersion", 0, Long.MAX_VALUE);
        if (version == 1) {
            throw new MalformedImageException(
                    "manifest", "has the outdated schema version 1; push the image again with a current tool");
        }
        if (version != 2) {
            throw fields.malformed("schemaVersion", "is " + version + ", not 2");
        }
        String own = fields.optionalString("mediaType");
        if (own != null && declared != null && !declared.equals(new MediaType(own))) {
            throw fields.malformed(
                    "mediaType", "is " + Excerpt.of(own) + " but it was declared as " + Excerpt.of(declared.name()));
        }
        boolean indexLike = fields.has("manifests");
        boolean manifestLike = fields.has("layers") || fields.has("config");
        if (indexLike && manifestLike) {
            throw new MalformedImageException("manifest", "has the fields of a manifest and of an index");
        }
        MediaType mediaType = own != null ? new MediaType(own) : declared;
        if (mediaType == null) {
            mediaType = indexLike ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST;
        }
        requireKind(mediaType, indexLike, manifestLike);
        return mediaType;
    }

    private static void requireKind(MediaType mediaType, boolean indexLike, boolean manifestLike) {
        if (!mediaType.isIndex() && !mediaType.isManifest()) {
            throw new MalformedImageException(
                    "manifest", "the type " + Excerpt.of(mediaType.name()) + " is not that of an image");
        }
        if ((mediaType.isIndex() && manifestLike) || (mediaType.isManifest() && indexLike)) {
            throw new MalformedImageException("manifest", "its fields are not those of " + mediaType);
        }
    }
}
