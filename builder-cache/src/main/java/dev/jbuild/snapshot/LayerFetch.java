package dev.jbuild.snapshot;

import dev.jbuild.blob.BlobStore;
import dev.jbuild.blob.BlobWriter;
import dev.jbuild.layer.Decompressors;
import dev.jbuild.layer.LayerContent;
import dev.jbuild.layer.LayerException;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.LayerReader;
import dev.jbuild.layer.LayerSink;
import dev.jbuild.layer.TarLimits;
import dev.jbuild.linux.Directory;
import dev.jbuild.oci.CorruptContentException;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.state.LockTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Layers that come from elsewhere. In one pass the blob is stored, decompressed, indexed, and unpacked when a tree
/// is wanted; nothing of it can be seen before the last byte of blob and tar is verified.
final class LayerFetch {
    private final LayerFiles files;
    private final LayerNotes notes;
    private final BlobStore blobs;

    LayerFetch(LayerFiles files, LayerNotes notes, BlobStore blobs) {
        this.files = files;
        this.notes = notes;
        this.blobs = blobs;
    }

    LayerIndex index(Layer layer) throws IOException, InterruptedException {
        try (LockTable.Hold hold = files.lock(layer.id())) {
            LayerIndex known = files.findIndex(layer.id());
            return known == null ? read(layer, false, hold) : known;
        }
    }

    void makeTree(Layer layer) throws IOException, InterruptedException {
        try (LockTable.Hold hold = files.lock(layer.id())) {
            if (!files.has(layer.id(), LayerFiles.TREE)) {
                LayerIndex ignored = read(layer, true, hold);
            }
        }
    }

    /// {@return the blob as the layer's image names it, now in the blob store}
    Descriptor blob(Layer layer) throws IOException, InterruptedException {
        Descriptor wanted = wanted(layer);
        if (blobs.contains(wanted)) {
            return wanted;
        }
        try (LockTable.Hold hold = files.lock(layer.id())) {
            if (!blobs.contains(wanted)) {
                LayerIndex ignored = read(layer, wanted, false, hold);
            }
        }
        return wanted;
    }

    void writeTar(Layer layer, OutputStream target) throws IOException, InterruptedException {
        Descriptor stored = stored(layer);
        if (stored == null) {
            stored = blob(layer);
        }
        try (InputStream blob = blobs.open(stored)) {
            if (blob == null) {
                throw files.missing(layer.id());
            }
            var hashed = new HashedOutput(target);
            try (InputStream tar = Decompressors.open(blob)) {
                long ignored = tar.transferTo(hashed);
            }
            if (!hashed.digest().hex().equals(layer.id().hex())) {
                throw new IOException("blob " + stored.digest() + " is not layer " + layer.id());
            }
        }
    }

    /// {@return the blob the image has; null when nobody says where it is}
    private Descriptor wanted(Layer layer) throws IOException {
        LayerOrigin origin = layer.origin();
        Descriptor wanted = origin == null ? notes.findOrigin(layer.id()) : origin.descriptor();
        if (wanted == null) {
            throw files.missing(layer.id());
        }
        return wanted;
    }

    /// {@return a blob of the layer that is here, whichever; null when there is none}
    private @Nullable Descriptor stored(Layer layer) throws IOException {
        Descriptor wanted = wanted(layer);
        if (blobs.contains(wanted)) {
            return wanted;
        }
        Descriptor earlier = notes.findOrigin(layer.id());
        return earlier != null && blobs.contains(earlier) ? earlier : null;
    }

    private LayerIndex read(Layer layer, boolean tree, LockTable.Hold hold) throws IOException, InterruptedException {
        Descriptor stored = stored(layer);
        if (stored != null) {
            try {
                return read(layer, stored, tree, hold);
            } catch (CorruptContentException damaged) {
                // The blob store has removed it: fetched anew, if somebody has it.
                if (layer.origin() == null) {
                    throw damaged;
                }
            }
        }
        return read(layer, wanted(layer), tree, hold);
    }

    private LayerIndex read(Layer layer, Descriptor blob, boolean tree, LockTable.Hold hold)
            throws IOException, InterruptedException {
        try (Birth birth = files.newBirth();
                BlobPassage passage = open(layer, blob)) {
            LayerContent content =
                    tree ? readTree(layer.id(), passage, birth) : readLayer(layer.id(), passage, LayerSink.NOTHING);
            passage.finish();
            warn(blob, content);
            if (tree) {
                LayerNotes.writeTreeBytes(layer.id(), birth, LayerSizes.estimate(content.index()));
            }
            LayerNotes.writeOrigin(layer.id(), birth, blob);
            birth.write(LayerFiles.INDEX, content.index().encode());
            files.remember(content.index());
            files.adopt(layer.id(), birth, hold);
            return content.index();
        }
    }

    private BlobPassage open(Layer layer, Descriptor blob) throws IOException, InterruptedException {
        InputStream stored = blobs.open(blob);
        if (stored != null) {
            return BlobPassage.ofStored(stored);
        }
        LayerOrigin origin = layer.origin();
        if (origin == null) {
            throw files.missing(layer.id());
        }
        BlobWriter writer = blobs.create();
        boolean done = false;
        try {
            BlobPassage passage = BlobPassage.ofFetched(origin.open(), blob, writer);
            done = true;
            return passage;
        } finally {
            if (!done) {
                writer.close();
            }
        }
    }

    private LayerContent readTree(LayerId id, BlobPassage passage, Birth birth) throws IOException {
        try (Directory tree = birth.makeDirectory(LayerFiles.TREE);
                TreeWriter writer = new TreeWriter(tree, files.marks())) {
            return readLayer(id, passage, writer);
        }
    }

    private static LayerContent readLayer(LayerId id, BlobPassage passage, LayerSink sink) throws IOException {
        try (InputStream tar = Decompressors.open(passage.stream())) {
            return LayerReader.readLayer(tar, new Digest("sha256", id.hex()), sink, TarLimits.DEFAULT);
        } catch (LayerException hostile) {
            // The image is at fault, not the instruction that first needed its files.
            throw new MalformedImageException("layer " + id, String.valueOf(hostile.getMessage()));
        }
    }

    private static void warn(Descriptor blob, LayerContent content) {
        for (String warning : content.warnings()) {
            System.getLogger("dev.jbuild.snapshot")
                    .log(System.Logger.Level.WARNING, "layer " + blob.digest() + ": " + warning);
        }
    }
}
