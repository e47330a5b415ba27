package dev.jbuild.export;

import dev.jbuild.blob.BlobStore;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.LayerTar;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.operation.RootfsTree;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.task.Throttle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one image to the places the user named. Layers are compressed once, for the first output that needs it.
public final class Exporter {
    private final LayerStore layers;
    private final BlobStore blobs;
    private final AssembledImage image;
    private final Throttle processors;
    private @Nullable PackedImage packed;

    public Exporter(LayerStore layers, BlobStore blobs, AssembledImage image, Throttle processors) {
        this.layers = layers;
        this.blobs = blobs;
        this.image = image;
        this.processors = processors;
    }

    /// {@return what is written}
    public AssembledImage image() {
        return image;
    }

    /// Refuses a directory that holds anything but an image layout, for that would be lost.
    ///
    /// @throws OutputException when an image layout cannot take its place
    public static void checkDirectory(Path destination) throws IOException {
        OutputDirectory.check(destination);
    }

    /// Writes an OCI layout.
    ///
    /// @param names annotated in the layout
    /// @param tar as one file; otherwise as a directory
    /// @return the image's manifest
    public Descriptor writeOci(Path destination, List<ImageReference> names, boolean tar)
            throws IOException, InterruptedException {
        PackedImage packedImage = pack();
        OciLayoutFiles files = OciLayoutFiles.of(packedImage, names, blobs);
        if (tar) {
            OutputFile.write(destination, out -> LayerTar.write(files.index(), files, out));
        } else {
            OutputDirectory.write(destination, files.index(), files);
        }
        return packedImage.descriptor();
    }

    /// Writes the root file system as a tar file. With an epoch everything has that time, base image included.
    public void writeTar(Path destination) throws IOException, InterruptedException {
        RootfsTree rootfs = RootfsTree.open(layers, image.rootfs());
        LayerIndex flat = FlatRootfs.of(rootfs, image.epoch());
        OutputFile.write(destination, out -> LayerTar.write(flat, FlatRootfs.contents(rootfs), out));
    }

    /// Writes the root file system as files of the calling user, with times as in a tar file.
    public void writeLocal(Path destination) throws IOException, InterruptedException {
        RootfsTree rootfs = RootfsTree.open(layers, image.rootfs());
        LocalDirectory.write(destination, FlatRootfs.of(rootfs, image.epoch()), FlatRootfs.contents(rootfs));
    }

    private PackedImage pack() throws IOException, InterruptedException {
        if (packed == null) {
            packed = PackedImage.of(image, layers, processors);
        }
        return packed;
    }
}
