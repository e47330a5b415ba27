package dev.jbuild.cli;

import dev.jbuild.build.BuildResult;
import dev.jbuild.oci.OciJson;
import java.nio.charset.StandardCharsets;

/// What `--metadata-file` holds. Keys are those of `docker buildx build`, in their order.
final class Metadata {
    private Metadata() {}

    static String print(BuildResult result) {
        var object = OciJson.newObject();
        object.put("containerimage.config.digest", result.configDigest().toString());
        var manifest = result.manifest();
        if (manifest != null) {
            var descriptor = OciJson.newObject();
            if (!manifest.annotations().isEmpty()) {
                var annotations = descriptor.putObject("annotations");
                manifest.annotations().forEach(annotations::put);
            }
            descriptor.put("digest", manifest.digest().toString());
            descriptor.put("mediaType", manifest.mediaType().toString());
            descriptor.put("size", manifest.size());
            object.set("containerimage.descriptor", descriptor);
            object.put("containerimage.digest", manifest.digest().toString());
        }
        if (!result.tags().isEmpty()) {
            object.put("image.name", String.join(",", result.tags()));
        }
        return new String(OciJson.printPretty(object), StandardCharsets.UTF_8);
    }
}
