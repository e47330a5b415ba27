package dev.jbuild.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.blob.DescriptorJson;
import dev.jbuild.layer.LayerId;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.OciJson;
import dev.jbuild.state.Committer;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// The images that were built here, by name. Nothing of them is compressed: their layers are in the layer store,
/// their configs are blobs.
public final class ImageStore {
    static final String KIND = "image";

    /// Docker refuses images above 127 layers, overlay above 500.
    private static final int MAX_LAYERS = 1000;

    private final ReferenceFiles files;

    public ImageStore(StateDirectory state, Committer committer) {
        this.files = new ReferenceFiles(state, committer, KIND);
    }

    /// Gives a name to an image; another image loses it. Durable, and seen by others, after [Committer#flush()].
    /// Nothing is written, and nothing has to become durable, when it is this image's name already.
    ///
    /// @param name as [dev.jbuild.oci.ImageReference] writes it, or the digest of its config for an image without
    ///     tag
    public void tag(String name, LocalImage image) throws IOException {
        if (find(name).filter(image::isSameImage).isPresent()) {
            return;
        }
        ObjectNode object = OciJson.newObject();
        object.set("config", DescriptorJson.write(image.config()));
        ArrayNode layers = object.putArray("layers");
        for (ImageLayer layer : image.layers()) {
            ObjectNode each = layers.addObject();
            each.put("id", layer.id().toString());
            if (layer.pulledAs() != null) {
                each.set("pulledAs", DescriptorJson.write(layer.pulledAs()));
            }
            if (layer.source() != null) {
                each.put("source", layer.source());
            }
        }
        object.put("built", image.built().toString());
        files.write(name, object);
    }

    public Optional<LocalImage> find(String name) throws IOException {
        return files.read(name, ImageStore::parse);
    }

    /// {@return all images that are durable, by name}
    public SortedMap<String, LocalImage> list() throws IOException {
        return files.list(ImageStore::parse);
    }

    static LocalImage parse(JsonFields fields) {
        List<ImageLayer> layers = new ArrayList<>();
        for (JsonFields layer : fields.objects("layers", MAX_LAYERS)) {
            JsonFields pulledAs = layer.optionalObject("pulledAs");
            Descriptor blob = pulledAs == null ? null : DescriptorJson.read(pulledAs);
            layers.add(new ImageLayer(LayerId.parse(layer.string("id")), blob, layer.optionalString("source")));
        }
        Instant built = ReferenceFiles.time(fields, "built");
        return new LocalImage(DescriptorJson.read(fields.object("config")), layers, built);
    }

    /// Takes a name away, at once.
    ///
    /// @return whether there was an image of that name
    public boolean remove(String name) throws IOException {
        return files.remove(name);
    }
}
