package dev.jbuild.layout;

import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.Excerpt;
import dev.jbuild.oci.ImageDocument;
import dev.jbuild.oci.ImageException;
import dev.jbuild.oci.ImageIndex;
import dev.jbuild.oci.ImageResolution;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.MediaType;
import dev.jbuild.oci.OciJson;
import dev.jbuild.oci.VerifiedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A directory with images in the OCI image layout, as `skopeo`, `umoci` and `buildx` write them.
///
/// @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image layout</a>
public final class OciLayoutDirectory {
    private static final String TAG = "org.opencontainers.image.ref.name";
    private static final String DEFAULT_TAG = "latest";

    private final Path directory;
    private final ImageIndex index;

    private OciLayoutDirectory(Path directory, ImageIndex index) {
        this.directory = directory;
        this.index = index;
    }

    /// {@return the layout in a directory, its index read}
    ///
    /// @throws ImageException when the directory is no layout
    public static OciLayoutDirectory open(Path directory) throws IOException {
        JsonFields marker = JsonFields.of("oci-layout", OciJson.parse("oci-layout", read(directory, "oci-layout")));
        String version = marker.string("imageLayoutVersion");
        if (!version.startsWith("1.")) {
            throw marker.malformed("imageLayoutVersion", "is " + Excerpt.quoted(version) + ", not 1.0.0");
        }
        if (ImageDocument.parse(read(directory, "index.json"), MediaType.OCI_INDEX) instanceof ImageIndex index) {
            return new OciLayoutDirectory(directory, index);
        }
        throw new AssertionError("declared as index and parsed as something else");
    }

    /// {@return one image of the layout}
    ///
    /// @param selector a tag (`org.opencontainers.image.ref.name`) or a digest; null for the only image, or among
    ///     several the one tagged `latest`
    /// @throws ImageException when there is none, naming those that there are
    public ImageSource image(@Nullable String selector) throws IOException {
        List<Descriptor> entries = selector == null ? defaultEntries() : selected(selector);
        return new OciLayoutImage(this, entries);
    }

    /// {@return the tags of the layout, those in nested indexes not included}
    public SortedSet<String> tags() {
        var tags = new TreeSet<String>();
        for (Descriptor entry : index.manifests()) {
            String tag = entry.annotations().get(TAG);
            if (tag != null) {
                tags.add(tag);
            }
        }
        return tags;
    }

    /// Opens a blob; the stream verifies it. The caller closes the stream.
    ///
    /// @throws ImageException when it is not there
    InputStream open(Descriptor blob) throws IOException {
        Path path = directory
                .resolve("blobs")
                .resolve(blob.digest().algorithm())
                .resolve(blob.digest().hex());
        try {
            return new VerifiedInputStream(openRegular(path), blob);
        } catch (NoSuchFileException missing) {
            throw new ImageException("the OCI layout " + directory + " lacks the blob " + blob.digest(), missing);
        }
    }

    /// {@return the verified bytes of a manifest, index or config}
    byte[] document(Descriptor descriptor) throws IOException {
        ImageResolution.requireDocumentSize(descriptor);
        try (InputStream stream = open(descriptor)) {
            return ImageResolution.readDocument(stream, descriptor);
        }
    }

    private List<Descriptor> defaultEntries() {
        List<Descriptor> entries = index.manifests();
        if (entries.isEmpty()) {
            throw new ImageException("the OCI layout " + directory + " is empty");
        }
        SortedSet<String> tags = tags();
        if (tags.size() <= 1) {
            return entries;
        }
        if (tags.contains(DEFAULT_TAG)) {
            return entries.stream()
                    .filter(entry -> DEFAULT_TAG.equals(entry.annotations().get(TAG)))
                    .toList();
        }
        throw new ImageException("the OCI layout " + directory + " has several images; name one of " + listed(tags));
    }

    private List<Descriptor> selected(String selector) throws IOException {
        List<Descriptor> found = new ArrayList<>();
        Digest digest = digestOrNull(selector);
        collect(index, entry -> digest == null ? selector.equals(tag(entry)) : digest.equals(entry.digest()), found, 0);
        if (found.isEmpty()) {
            throw new ImageException("no image " + Excerpt.quoted(selector) + " in the OCI layout " + directory
                    + (tags().isEmpty() ? "; its images have no tags" : ": it has " + listed(tags())));
        }
        return digest == null ? found : found.subList(0, 1);
    }

    private void collect(ImageIndex from, Predicate<Descriptor> wanted, List<Descriptor> found, int depth)
            throws IOException {
        for (Descriptor entry : from.manifests()) {
            if (wanted.test(entry)) {
                found.add(entry);
            }
        }
        for (Descriptor entry : from.manifests()) {
            if (found.isEmpty()
                    && depth < ImageIndex.MAX_NESTING
                    && entry.mediaType().isIndex()
                    && ImageDocument.parse(document(entry), entry.mediaType()) instanceof ImageIndex nested) {
                collect(nested, wanted, found, depth + 1);
            }
        }
    }

    private static @Nullable String tag(Descriptor entry) {
        return entry.annotations().get(TAG);
    }

    /// A tag may have a colon too: some tools put a whole image name there.
    private static @Nullable Digest digestOrNull(String selector) {
        try {
            return Digest.parse(selector);
        } catch (IllegalArgumentException aTag) {
            return null;
        }
    }

    private static String listed(SortedSet<String> tags) {
        var text = new StringBuilder();
        tags.forEach(tag -> text.append(text.isEmpty() ? "" : ", ").append(tag));
        return Excerpt.of(text.toString());
    }

    private static byte[] read(Path directory, String name) throws IOException {
        try (InputStream stream = openRegular(directory.resolve(name))) {
            return stream.readNBytes(OciJson.MAX_DOCUMENT_SIZE + 1);
        } catch (NoSuchFileException missing) {
            throw new ImageException(directory + " is not an OCI layout: it has no file '" + name + "'", missing);
        }
    }

    /// A layout may hold a link to a file that is none of its own, or a pipe that blocks whoever opens it.
    private static InputStream openRegular(Path path) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new ImageException(path + " is not a regular file");
        }
        return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
