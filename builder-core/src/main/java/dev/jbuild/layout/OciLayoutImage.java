package dev.jbuild.layout;

import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.ImageDocument;
import dev.jbuild.oci.ImageIndex;
import dev.jbuild.oci.ImageResolution;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.ResolvedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;

/// One image of a layout directory.
///
/// @param entries those of `index.json` that have its tag; several when a tool lists one for each platform
record OciLayoutImage(OciLayoutDirectory layout, List<Descriptor> entries) implements ImageSource {
    @Override
    public ResolvedImage resolve(Platform platform) throws IOException, InterruptedException {
        Descriptor root = entries.size() == 1
                ? entries.getFirst()
                : ImageIndex.of(entries, Collections.emptySortedMap()).pick(platform);
        return new ImageResolution(null, platform, layout::document)
                .resolve(ImageDocument.parse(layout.document(root), root.mediaType()));
    }

    @Override
    public InputStream open(Descriptor blob) throws IOException {
        return layout.open(blob);
    }
}
