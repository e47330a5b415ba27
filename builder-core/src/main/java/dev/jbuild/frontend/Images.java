package dev.jbuild.frontend;

import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.graph.Label;
import dev.jbuild.graph.Operation.Source;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.InvalidReferenceException;
import dev.jbuild.oci.ResolvedImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What lies outside the file: sources the user named, and images. Each image is resolved once.
final class Images {
    private static final String SCRATCH = "scratch";

    private final FrontendOptions options;
    private final BaseImages baseImages;
    private final Map<String, Base.Image> resolved = new HashMap<>();

    Images(FrontendOptions options, BaseImages baseImages) {
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
    Base base(String name, SourceRange range) throws IOException, InterruptedException {
        @Nullable NamedSource given = named(name);
        if (given != null) {
            return base(given);
        }
        return name.equals(SCRATCH) ? new Base.Scratch() : resolve(byReference(name, range));
    }

    Base base(NamedSource source) throws IOException, InterruptedException {
        return switch (source) {
            case NamedSource.Files(String context) -> new Base.Files(context);
            case NamedSource.Image image -> resolve(image);
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

    Source copySource(NamedSource.Image image, String pattern) throws IOException, InterruptedException {
        Base.Image base = resolve(image);
        @Nullable Vertex vertex = base.vertex(new Label("FROM " + base.display(), null, false));
        if (vertex == null) {
            throw new IllegalStateException("copy from an image without layers: " + base.display());
        }
        return new Source.FromVertex(vertex, pattern);
    }

    private Base.Image resolve(NamedSource.Image image) throws IOException, InterruptedException {
        Base.@Nullable Image known = resolved.get(image.display());
        if (known == null) {
            ResolvedImage found = image.source().resolve(options.platform());
            String pin = image.display().indexOf('@') < 0 ? "@" + found.root().digest() : "";
            known = new Base.Image(image.display() + pin, found, image.source());
            resolved.put(image.display(), known);
        }
        return known;
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
