package dev.jbuild.blob;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.MediaType;
import dev.jbuild.oci.OciJson;

/// How files of the state directory name a blob: media type, digest and size, nothing else of its descriptor.
public final class DescriptorJson {
    private DescriptorJson() {}

    public static ObjectNode write(Descriptor descriptor) {
        return OciJson.newObject()
                .put("mediaType", descriptor.mediaType().name())
                .put("digest", descriptor.digest().toString())
                .put("size", descriptor.size());
    }

    /// {@return what [#write] wrote}
    ///
    /// @throws dev.jbuild.oci.MalformedImageException when it is something else
    public static Descriptor read(JsonFields fields) {
        return Descriptor.of(
                new MediaType(fields.string("mediaType")),
                fields.digest("digest"),
                fields.number("size", 0, Long.MAX_VALUE));
    }
}
