package dev.jbuild.check;

import dev.jbuild.frontend.BaseImages;
import dev.jbuild.frontend.OfflineImages;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.ImageSource;

/// Images of which nothing is known, and a note whether anything depends on one.
final class UnknownImages implements BaseImages {
    private final BaseImages images = OfflineImages.unknown();
    private boolean asked;

    /// {@return whether anything depends on an image}
    boolean wereAsked() {
        return asked;
    }

    @Override
    public ImageSource find(ImageReference reference) {
        asked = true;
        return images.find(reference);
    }
}
