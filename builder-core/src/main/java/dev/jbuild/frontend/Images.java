package dev.jbuild.frontend;

import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.graph.Label;
import dev.jbuild.graph.Mount;
import dev.jbuild.graph.Operation.Source;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.ImageException;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.InvalidReferenceException;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.ResolvedImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What lies outside the file: sources the user named, and images. Each image is resolved once.
final class Images {
    private static final String SCRATCH = "scratch";

    private final String fileName;
    private final FrontendOptions options;
    private final BaseImages baseImages;
    private final Map<Wanted, Base.Image> resolved = new HashMap<>();

    private record Wanted(String image, Platform platform) {}

    /// @param fileName how messages call the Dockerfile
    Images(String fileName, FrontendOptions options, BaseImages baseImages) {
        this.fileName = fileName;
        this.options = options;
        this.baseImages = baseImages;
    }

    /// {@return what the user gave under a name, with an image name also under its full form; null if nothing}
    @Nullable
    NamedSource named(String name) {
        @Nullable NamedSource direct = options.namedSources().get(name);
        if (direct != null) {
            return direct;
        }
        @Nullable String full = fullName(name);
        for (var entry : options.namedSources().entrySet()) {
            if (full != null && full.equals(fullName(entry.getKey()))) {
                return entry.getValue();
            }
        }
        return null;
    }

    /// {@return the base that `FROM <name>` means when no stage has that name}
    Base base(String name, Platform platform, SourceRange range) throws IOException, InterruptedException {
        @Nullable NamedSource given = named(name);
        if (given != null) {
            return base(given, platform, range);
        }
        return name.equals(SCRATCH) ? new Base.Scratch() : resolve(byReference(name, range), platform, range);
    }

    Base base(NamedSource source, Platform platform, SourceRange range) throws IOException, InterruptedException {
        return switch (source) {
            case NamedSource.Files(String context) -> new Base.Files(context);
            case NamedSource.Image image -> resolve(image, platform, range);
        };
    }

    /// {@return the image of that name in its registry}
    NamedSource.Image byReference(String name, SourceRange range) {
        try {
            ImageReference reference = ImageReference.parse(name);
            return new NamedSource.Image(reference.toString(), baseImages.find(reference));
        } catch (InvalidReferenceException problem) {
            throw new PlanException(
                    "invalid-image-name", range, String.valueOf(problem.getMessage()), "for example debian:bookworm");
        }
    }

    Source copySource(NamedSource.Image image, SourceRange range, String pattern)
            throws IOException, InterruptedException {
        Base.Image base = resolve(image, options.platform(), range);
        @Nullable Vertex vertex = vertex(base);
        if (vertex == null) {
            throw new IllegalStateException("copy from an image without layers: " + base.display());
        }
        return new Source.FromVertex(vertex, pattern);
    }

    Mount.Tree mountedTree(NamedSource.Image image, SourceRange range) throws IOException, InterruptedException {
        @Nullable Vertex vertex = vertex(resolve(image, options.platform(), range));
        return vertex == null ? new Mount.Tree.Empty() : new Mount.Tree.OfVertex(vertex);
    }

    private static @Nullable Vertex vertex(Base.Image base) {
        return base.vertex(new Label("", "FROM " + base.display(), null, Map.of(), false));
    }

    private Base.Image resolve(NamedSource.Image image, Platform platform, SourceRange range)
            throws IOException, InterruptedException {
        var wanted = new Wanted(image.display(), platform);
        Base.@Nullable Image known = resolved.get(wanted);
        if (known == null) {
            ResolvedImage found = resolved(image, platform, range);
            known = new Base.Image(image.display() + pin(image, found), found, image.source());
            resolved.put(wanted, known);
        }
        return known;
    }

    /// What names the image for ever, unless its own name does, or nobody has looked.
    private static String pin(NamedSource.Image image, ResolvedImage found) {
        boolean known = image.display().indexOf('@') >= 0 || image.source() instanceof OfflineImages.Stub;
        return known ? "" : "@" + found.root().digest();
    }

    private ResolvedImage resolved(NamedSource.Image image, Platform platform, SourceRange range)
            throws IOException, InterruptedException {
        try {
            return image.source().resolve(platform);
        } catch (ImageException problem) {
            String place = fileName + ":" + range.startLine() + ":" + range.startColumn();
            throw new ImageException(place + ": " + problem.getMessage(), problem);
        }
    }

    private static @Nullable String fullName(String name) {
        try {
            return ImageReference.parse(name).toString();
        } catch (InvalidReferenceException notAnImage) {
            // A name of a context need not be one of an image; then only equal spelling counts.
            return null;
        }
    }
}
