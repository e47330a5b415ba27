package dev.jbuild.oci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Several manifests under one name, usually one for each platform. Docker calls it a manifest list.
///
/// @param raw the bytes that its digest is taken of
/// @param manifests of images, of further indexes, or of documents about them (attestations)
/// @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI image index</a>
public record ImageIndex(
        JsonBytes raw, MediaType mediaType, List<Descriptor> manifests, SortedMap<String, String> annotations)
        implements ImageDocument {
    /// Real ones hold about twenty; layouts that collect builds more.
    public static final int MAX_MANIFESTS = 1000;

    /// An index may list an index; more than this is an attack or a mistake.
    public static final int MAX_NESTING = 4;

    /// BuildKit marks an attestation so, and gives it the platform `unknown/unknown`.
    private static final String REFERENCE_TYPE = "vnd.docker.reference.type";

    public ImageIndex {
        manifests = List.copyOf(manifests);
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /// {@return a new OCI index, written in the pretty form with the fields in the order of the specification}
    public static ImageIndex of(List<Descriptor> manifests, SortedMap<String, String> annotations) {
        ObjectNode object = OciJson.newObject();
        object.put("schemaVersion", 2);
        object.put("mediaType", MediaType.OCI_INDEX.name());
        ArrayNode list = object.putArray("manifests");
        manifests.forEach(manifest -> list.add(manifest.toJson()));
        if (!annotations.isEmpty()) {
            annotations.forEach(object.putObject("annotations")::put);
        }
        return new ImageIndex(JsonBytes.of(OciJson.printPretty(object)), MediaType.OCI_INDEX, manifests, annotations);
    }

    /// {@return the manifest or nested index to read for a platform}
    ///
    /// The one whose platform fits best, the first of equals; otherwise the first that states no platform, since
    /// its config may. An attestation is never picked.
    ///
    /// @throws NoMatchingPlatformException when nothing fits
    public Descriptor pick(Platform wanted) {
        Descriptor best = null;
        Descriptor unstated = null;
        int bestFitness = -1;
        List<Platform> available = new ArrayList<>();
        for (Descriptor manifest : manifests) {
            Platform platform = manifest.platform();
            if (isAttestation(manifest) || !isReadable(manifest)) {
                continue;
            }
            if (platform == null) {
                unstated = unstated == null ? manifest : unstated;
                continue;
            }
            available.add(platform);
            int fitness = platform.fitness(wanted);
            if (fitness > bestFitness) {
                best = manifest;
                bestFitness = fitness;
            }
        }
        Descriptor picked = best != null ? best : unstated;
        if (picked == null) {
            throw new NoMatchingPlatformException(wanted, available);
        }
        return picked;
    }

    static ImageIndex read(JsonBytes raw, MediaType mediaType, JsonFields fields) {
        List<Descriptor> manifests = new ArrayList<>();
        for (JsonFields manifest : fields.objects("manifests", MAX_MANIFESTS)) {
            manifests.add(Descriptor.read(manifest));
        }
        return new ImageIndex(raw, mediaType, manifests, fields.stringMap("annotations"));
    }

    private static boolean isReadable(Descriptor manifest) {
        return manifest.mediaType().isManifest() || manifest.mediaType().isIndex();
    }

    private static boolean isAttestation(Descriptor manifest) {
        Platform platform = manifest.platform();
        return (platform != null && platform.isUnknown())
                || manifest.annotations().containsKey(REFERENCE_TYPE);
    }
}
