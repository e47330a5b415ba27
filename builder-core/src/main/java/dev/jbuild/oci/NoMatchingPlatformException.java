package dev.jbuild.oci;

import java.util.List;

/// An image exists, but not for the wanted platform; the message lists what there is.
public final class NoMatchingPlatformException extends ImageException {
    private static final long serialVersionUID = 1L;

    /// A list for people: an index may hold a thousand entries.
    private static final int LISTED = 12;

    NoMatchingPlatformException(Platform wanted, List<Platform> available) {
        super("no image for " + wanted + listing(available));
    }

    private static String listing(List<Platform> available) {
        if (available.isEmpty()) {
            return ": the index has no image at all";
        }
        var text = new StringBuilder(": there is ");
        for (int i = 0; i < Math.min(LISTED, available.size()); i++) {
            text.append(i == 0 ? "" : ", ").append(Excerpt.of(available.get(i).toString()));
        }
        if (available.size() > LISTED) {
            text.append(" and ").append(available.size() - LISTED).append(" more");
        }
        return text.toString();
    }
}
