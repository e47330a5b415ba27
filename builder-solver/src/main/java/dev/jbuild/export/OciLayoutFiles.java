package dev.jbuild.export;

import dev.jbuild.blob.BlobStore;
import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.ImageIndex;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.JsonBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The files of an OCI image layout: as a tree of entries whose bytes are in memory or in the blob store.
///
/// @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image layout</a>
final class OciLayoutFiles implements FileContents {
    private static final byte[] LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
    private static final String REF_NAME = "org.opencontainers.image.ref.name";
    private static final String IMAGE_NAME = "io.containerd.image.name";

    private final BlobStore blobs;
    private final Map<ByteString, LayerEntry> entries = new TreeMap<>();
    private final Map<ByteString, byte[]> small = new HashMap<>();
    private final Map<ByteString, Descriptor> stored = new HashMap<>();

    private OciLayoutFiles(BlobStore blobs) {
        this.blobs = blobs;
    }

    /// {@return the layout of one image}
    ///
    /// @param names the image's names; without any it is called `latest`
    static OciLayoutFiles of(PackedImage image, List<ImageReference> names, BlobStore blobs) {
        var files = new OciLayoutFiles(blobs);
        for (String directory : List.of("blobs", "blobs/sha256")) {
            ByteString path = ByteString.of(directory);
            files.entries.put(path, LayerEntry.directory(path, 0755, 0, 0, Timestamp.EPOCH));
        }
        files.add("oci-layout", LAYOUT);
        files.add("index.json", index(image.descriptor(), names).bytes());
        files.add(blobPath(image.descriptor().digest()), image.manifest().raw().bytes());
        files.add(blobPath(image.config().digest()), image.configBytes().bytes());
        image.manifest().layers().forEach(files::add);
        return files;
    }

    LayerIndex index() {
        return LayerIndex.of(List.copyOf(entries.values()));
    }

    @Override
    public InputStream open(LayerEntry file) throws IOException {
        byte[] bytes = small.get(file.path());
        if (bytes != null) {
            return new ByteArrayInputStream(bytes);
        }
        Descriptor blob = stored.get(file.path());
        InputStream stream = blob == null ? null : blobs.open(blob);
        if (stream == null) {
            throw new IOException("blob of '" + file.path() + "' is gone from the store");
        }
        return stream;
    }

    private void add(String path, byte[] bytes) {
        ByteString name = ByteString.of(path);
        small.put(name, bytes);
        entries.put(name, LayerEntry.file(name, 0644, Timestamp.EPOCH, bytes.length, Digest.ofBytes(bytes)));
    }

    private void add(Descriptor blob) {
        ByteString path = ByteString.of(blobPath(blob.digest()));
        stored.put(path, blob);
        entries.put(path, LayerEntry.file(path, 0644, Timestamp.EPOCH, blob.size(), blob.digest()));
    }

    private static String blobPath(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }

    private static JsonBytes index(Descriptor manifest, List<ImageReference> names) {
        var manifests = new ArrayList<Descriptor>();
        for (ImageReference name : names) {
            String tag = name.tag() == null ? "latest" : name.tag();
            manifests.add(manifest.withAnnotation(IMAGE_NAME, name.toString()).withAnnotation(REF_NAME, tag));
        }
        if (manifests.isEmpty()) {
            manifests.add(manifest.withAnnotation(REF_NAME, "latest"));
        }
        return ImageIndex.of(manifests, new TreeMap<>()).raw();
    }
}
