package dev.jbuild.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.blob.DescriptorJson;
import dev.jbuild.blob.SealedJson;
import dev.jbuild.layer.Compression;
import dev.jbuild.layer.LayerId;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.oci.OciJson;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was once found out of a layer, in small JSON files beside its forms. Each names the layer, so that a file
/// that was moved is not believed; one that cannot be read is as if it were not there.
final class LayerNotes {
    private static final int VERSION = 1;
    static final long LIMIT = 1 << 16;

    private final LayerFiles files;

    LayerNotes(LayerFiles files) {
        this.files = files;
    }

    /// {@return the digest of the layer's tar; null when nobody needed it yet}
    @Nullable
    Digest findDiffId(LayerId id) throws IOException {
        return find(id, LayerFiles.DIFF, fields -> fields.digest("diffId"));
    }

    static void writeDiffId(LayerId id, Birth birth, Digest diffId, long size) throws IOException {
        ObjectNode note = note(id);
        note.put("diffId", diffId.toString());
        note.put("size", size);
        birth.write(LayerFiles.DIFF, SealedJson.print(note));
    }

    /// {@return the blob the layer was pulled as; null when it was not, or not here}
    @Nullable
    Descriptor findOrigin(LayerId id) throws IOException {
        return findBlob(id, LayerFiles.ORIGIN);
    }

    static void writeOrigin(LayerId id, Birth birth, Descriptor blob) throws IOException {
        writeBlob(id, birth, LayerFiles.ORIGIN, blob);
    }

    /// {@return the blob that was made of the layer; null when none was}
    @Nullable
    Descriptor findBlob(LayerId id, Compression compression) throws IOException {
        return findBlob(id, blobName(compression));
    }

    static void writeBlob(LayerId id, Birth birth, Compression compression, Descriptor blob) throws IOException {
        writeBlob(id, birth, blobName(compression), blob);
    }

    static ByteString blobName(Compression compression) {
        return ByteString.of("blob-" + compression.name().toLowerCase(Locale.ROOT) + ".json");
    }

    private @Nullable Descriptor findBlob(LayerId id, ByteString name) throws IOException {
        return find(id, name, fields -> DescriptorJson.read(fields.object("blob")));
    }

    private static void writeBlob(LayerId id, Birth birth, ByteString name, Descriptor blob) throws IOException {
        ObjectNode note = note(id);
        note.set("blob", DescriptorJson.write(blob));
        birth.write(name, SealedJson.print(note));
    }

    private static ObjectNode note(LayerId id) {
        return OciJson.newObject().put("v", VERSION).put("layer", id.toString());
    }

    /// {@return whether a note is what was written of the layer}
    static boolean isWhole(LayerId id, byte @Nullable [] json) {
        return parse(id, json, fields -> true) != null;
    }

    /// Notes what the tree takes on the disk.
    static void writeTreeBytes(LayerId id, Birth birth, long bytes) throws IOException {
        birth.write(LayerFiles.SIZE, SealedJson.print(note(id).put("tree", bytes)));
    }

    /// {@return the blob that a note names; nothing when it is damaged, or no note}
    static Optional<Descriptor> parseBlob(LayerId id, byte @Nullable [] json) {
        return Optional.ofNullable(parse(id, json, fields -> DescriptorJson.read(fields.object("blob"))));
    }

    /// {@return what the tree takes on the disk; null when the note is damaged, or none}
    static @Nullable Long parseTreeBytes(LayerId id, byte @Nullable [] json) {
        return parse(id, json, fields -> fields.number("tree", 0, Long.MAX_VALUE));
    }

    private <T> @Nullable T find(LayerId id, ByteString name, Function<JsonFields, T> parser) throws IOException {
        return parse(id, files.read(id, name, LIMIT), parser);
    }

    private static <T> @Nullable T parse(LayerId id, byte @Nullable [] json, Function<JsonFields, T> parser) {
        if (json == null) {
            return null;
        }
        try {
            JsonFields fields = JsonFields.of("layer note", SealedJson.parse("layer note", json));
            boolean ours = fields.number("v", 0, Long.MAX_VALUE) == VERSION
                    && fields.string("layer").equals(id.toString());
            return ours ? parser.apply(fields) : null;
        } catch (MalformedImageException damaged) {
            return null;
        }
    }
}
