package dev.jbuild.oci;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The walk from what a name points at to manifest and config of one platform, the same for every place.
public final class ImageResolution {
    /// Where the documents of an image come from.
    @FunctionalInterface
    public interface Documents {
        /// {@return the bytes of a manifest, index or config, verified against the descriptor}
        byte[] read(Descriptor descriptor) throws IOException, InterruptedException;
    }

    private final @Nullable ImageReference name;
    private final Platform platform;
    private final Documents documents;

    /// @param name what the image was asked for as; null when it has no such name
    /// @param platform what to pick from an index
    public ImageResolution(@Nullable ImageReference name, Platform platform, Documents documents) {
        this.name = name;
        this.platform = platform;
        this.documents = documents;
    }

    /// {@return the image that a document leads to}
    ///
    /// @param root a manifest, or an index to pick from; an index may list an index, a few deep
    public ResolvedImage resolve(ImageDocument root) throws IOException, InterruptedException {
        ImageDocument document = root;
        for (int depth = 0; depth <= ImageIndex.MAX_NESTING; depth++) {
            switch (document) {
                case Manifest manifest -> {
                    return resolved(root.descriptor(), manifest);
                }
                case ImageIndex index -> {
                    Descriptor picked = index.pick(platform);
                    document = ImageDocument.parse(documents.read(picked), picked.mediaType());
                }
            }
        }
        throw new MalformedImageException("index", "is nested more than " + ImageIndex.MAX_NESTING + " deep");
    }

    /// {@return all bytes of a document}
    ///
    /// @param verified a stream that checks itself against `descriptor`; stays open
    /// @throws MalformedImageException before anything is read when the document is larger than a document may be
    public static byte[] readDocument(InputStream verified, Descriptor descriptor) throws IOException {
        requireDocumentSize(descriptor);
        byte[] bytes = verified.readNBytes((int) descriptor.size());
        if (bytes.length < descriptor.size() || verified.read() >= 0) {
            throw new CorruptContentException(descriptor, "is not " + descriptor.size() + " bytes long");
        }
        return bytes;
    }

    /// Refuses a descriptor of a document that is larger than a document may be.
    public static void requireDocumentSize(Descriptor descriptor) {
        if (descriptor.size() > OciJson.MAX_DOCUMENT_SIZE) {
            throw new MalformedImageException(
                    Excerpt.of(descriptor.mediaType().name()),
                    "is " + descriptor.size() + " bytes long, more than the " + OciJson.MAX_DOCUMENT_SIZE + " allowed");
        }
    }

    private ResolvedImage resolved(Descriptor root, Manifest manifest) throws IOException, InterruptedException {
        Descriptor config = manifest.config();
        if (!config.mediaType().isConfig()) {
            throw new MalformedImageException(
                    "manifest",
                    "is not of a container image: its config is "
                            + Excerpt.of(config.mediaType().name()));
        }
        JsonBytes raw = JsonBytes.of(documents.read(config));
        return new ResolvedImage(name, root, manifest.descriptor(), manifest, raw, ImageConfig.parse(raw.bytes()));
    }
}
