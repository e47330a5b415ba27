package dev.jbuild.snapshot;

import dev.jbuild.blob.BlobStore;
import dev.jbuild.blob.BlobWriter;
import dev.jbuild.layer.Compression;
import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.GzipBlocks;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.LayerTar;
import dev.jbuild.linux.Fd;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.MediaType;
import dev.jbuild.state.LockTable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Layers made here as tar, and the blobs made of them. Whatever is written is verified file by file on the way.
final class LayerTars {
    private static final int BUFFER = 1 << 17;

    private final LayerFiles files;
    private final LayerNotes notes;
    private final BlobStore blobs;
    private final LayerVerifier verifier;

    LayerTars(LayerFiles files, LayerNotes notes, BlobStore blobs, LayerVerifier verifier) {
        this.files = files;
        this.notes = notes;
        this.blobs = blobs;
        this.verifier = verifier;
    }

    Layer createTar(LayerIndex index, FileContents contents) throws IOException {
        try (Birth birth = files.newBirth()) {
            try (Fd file = birth.directory().createFile(LayerFiles.TAR, 0600)) {
                Digest ignored = writeHashed(index, contents, file.outputStream(), birth);
            }
            return files.adoptNew(index, birth);
        }
    }

    /// Writes the tar to `target`, and its digest to the birth.
    ///
    /// @return its digest
    private static Digest writeHashed(LayerIndex index, FileContents contents, OutputStream target, Birth birth)
            throws IOException {
        var hashed = new HashedOutput(target);
        var buffered = new BufferedOutputStream(hashed, BUFFER);
        LayerTar.write(index, contents, buffered);
        buffered.flush();
        Digest diffId = hashed.digest();
        LayerNotes.writeDiffId(index.id(), birth, diffId, hashed.size());
        return diffId;
    }

    Digest diffId(LayerIndex index) throws IOException, InterruptedException {
        Digest known = notes.findDiffId(index.id());
        if (known != null) {
            return known;
        }
        try (LockTable.Hold hold = files.lock(index.id());
                Birth birth = files.newBirth()) {
            known = notes.findDiffId(index.id());
            if (known != null) {
                return known;
            }
            var nowhere = OutputStream.nullOutputStream();
            Digest diffId = verifier.read(index, contents -> writeHashed(index, contents, nowhere, birth));
            files.adopt(index.id(), birth, hold);
            return diffId;
        }
    }

    void writeTar(LayerIndex index, OutputStream target) throws IOException, InterruptedException {
        var buffered = new BufferedOutputStream(target, BUFFER);
        Object ignored = verifier.read(index, contents -> {
            LayerTar.write(index, contents, buffered);
            return index;
        });
        buffered.flush();
    }

    /// @param compression NONE or GZIP
    Descriptor blob(LayerIndex index, Compression compression) throws IOException, InterruptedException {
        Descriptor known = findBlob(index, compression);
        if (known != null) {
            return known;
        }
        try (LockTable.Hold hold = files.lock(index.id());
                Birth birth = files.newBirth()) {
            known = findBlob(index, compression);
            if (known != null) {
                return known;
            }
            Descriptor made = makeBlob(index, compression, birth);
            LayerNotes.writeBlob(index.id(), birth, compression, made);
            files.adopt(index.id(), birth, hold);
            return made;
        }
    }

    private @Nullable Descriptor findBlob(LayerIndex index, Compression compression) throws IOException {
        Descriptor known = notes.findBlob(index.id(), compression);
        return known != null && blobs.contains(known) ? known : null;
    }

    private Descriptor makeBlob(LayerIndex index, Compression compression, Birth birth)
            throws IOException, InterruptedException {
        try (BlobWriter writer = blobs.create()) {
            MediaType mediaType =
                    verifier.read(index, contents -> compress(index, contents, compression, birth, writer));
            long size = writer.size();
            return Descriptor.of(mediaType, writer.commit(), size);
        }
    }

    private static MediaType compress(
            LayerIndex index, FileContents contents, Compression compression, Birth birth, OutputStream target)
            throws IOException {
        return switch (compression) {
            case NONE -> {
                Digest ignored = writeHashed(index, contents, target, birth);
                yield MediaType.OCI_LAYER;
            }
            case GZIP -> {
                int threads = Runtime.getRuntime().availableProcessors();
                try (var compressor = new GzipBlocks(target, threads)) {
                    Digest ignored = writeHashed(index, contents, compressor, birth);
                    compressor.finish();
                }
                yield MediaType.OCI_LAYER_GZIP;
            }
            case ZSTD, XZ, BZIP2 -> throw new IllegalArgumentException("layers are not written as " + compression);
        };
    }
}
