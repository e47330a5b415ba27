package dev.jbuild.registry;

import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.ImageDocument;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.ImageResolution;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.oci.MediaType;
import dev.jbuild.oci.OciJson;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.ResolvedImage;
import dev.jbuild.oci.VerifiedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// One image of a registry. Its endpoints are asked in order until one has what is wanted and sends the right
/// bytes; the one that did is asked first from then on.
final class RegistryImage implements ImageSource {
    private final RegistryClient client;
    private final ImageReference reference;
    /// Guarded by itself; the order changes.
    private final List<RegistryEndpoint> endpoints;

    RegistryImage(RegistryClient client, ImageReference reference, List<RegistryEndpoint> endpoints) {
        this.client = client;
        this.reference = reference;
        this.endpoints = new ArrayList<>(endpoints);
    }

    @Override
    public ResolvedImage resolve(Platform platform) throws IOException, InterruptedException {
        ImageDocument root = ask("cannot pull " + reference, this::root);
        return new ImageResolution(reference, platform, this::document).resolve(root);
    }

    @Override
    public InputStream open(Descriptor blob) throws IOException, InterruptedException {
        if (blob.mediaType().isForeignLayer()) {
            throw new RegistryException(
                    action(blob), "a layer that registries do not distribute is not supported", 0, false);
        }
        client.transfers().acquire();
        boolean opened = false;
        try {
            InputStream stream = ask(action(blob), endpoint -> openAt(endpoint, blob));
            opened = true;
            return stream;
        } finally {
            if (!opened) {
                client.transfers().release();
            }
        }
    }

    /// Asks an endpoint last from now on, because it sent wrong bytes.
    private void demote(RegistryEndpoint endpoint) {
        synchronized (endpoints) {
            if (endpoints.remove(endpoint)) {
                endpoints.addLast(endpoint);
            }
        }
    }

    private InputStream openAt(RegistryEndpoint endpoint, Descriptor blob) throws IOException, InterruptedException {
        var transfer = new BlobTransfer(client, endpoint, reference.repository(), blob);
        transfer.start();
        return new BlobStream(
                transfer, blob, () -> demote(endpoint), () -> client.transfers().release());
    }

    /// The tag is read once; what it leads to is read by digest.
    private ImageDocument root(RegistryEndpoint endpoint) throws IOException, InterruptedException {
        var served = manifests(endpoint).fetch(reference.tagOrDigest(), OciJson.MAX_DOCUMENT_SIZE);
        Digest wanted = reference.digest();
        if (wanted != null) {
            MediaType mediaType = served.declared() == null ? MediaType.OCI_MANIFEST : served.declared();
            verified(
                    served.body().bytes(),
                    Descriptor.of(mediaType, wanted, served.body().size()));
        }
        return ImageDocument.parse(served.body().bytes(), served.declared());
    }

    private byte[] document(Descriptor descriptor) throws InterruptedException {
        ImageResolution.requireDocumentSize(descriptor);
        boolean isManifest =
                descriptor.mediaType().isManifest() || descriptor.mediaType().isIndex();
        return ask(
                "cannot pull " + reference,
                endpoint -> isManifest ? child(endpoint, descriptor) : config(endpoint, descriptor));
    }

    private byte[] child(RegistryEndpoint endpoint, Descriptor descriptor) throws IOException, InterruptedException {
        var served = manifests(endpoint).fetch(descriptor.digest().toString(), (int) descriptor.size());
        if (served.declared() != null && !served.declared().equals(descriptor.mediaType())) {
            throw new MalformedImageException(
                    "manifest", "was served as " + served.declared() + " but the index says " + descriptor.mediaType());
        }
        return verified(served.body().bytes(), descriptor);
    }

    private byte[] config(RegistryEndpoint endpoint, Descriptor descriptor) throws IOException, InterruptedException {
        var transfer = new BlobTransfer(client, endpoint, reference.repository(), descriptor);
        transfer.start();
        try (var stream = new VerifiedInputStream(transfer, descriptor)) {
            return ImageResolution.readDocument(stream, descriptor);
        }
    }

    private static byte[] verified(byte[] bytes, Descriptor descriptor) throws IOException {
        try (var stream = new VerifiedInputStream(new ByteArrayInputStream(bytes), descriptor)) {
            return ImageResolution.readDocument(stream, descriptor);
        }
    }

    private ManifestRequest manifests(RegistryEndpoint endpoint) {
        return new ManifestRequest(client, endpoint, reference.repository());
    }

    private String action(Descriptor blob) {
        return "cannot pull " + blob.digest() + " of " + reference;
    }

    /// What one endpoint is asked for.
    @FunctionalInterface
    private interface Question<T> {
        T ask(RegistryEndpoint endpoint) throws IOException, InterruptedException;
    }

    private <T> T ask(String action, Question<T> question) throws InterruptedException {
        var failures = new Failures(action);
        for (RegistryEndpoint endpoint : endpointsInOrder()) {
            try {
                T answer = question.ask(endpoint);
                prefer(endpoint);
                return answer;
            } catch (RefusedException refused) {
                failures.add(refused.answer());
            } catch (MalformedImageException malformed) {
                failures.add(endpoint, malformed);
            } catch (IOException failure) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException();
                }
                failures.add(endpoint, failure);
            }
        }
        throw failures.toException();
    }

    private List<RegistryEndpoint> endpointsInOrder() {
        synchronized (endpoints) {
            return List.copyOf(endpoints);
        }
    }

    private void prefer(RegistryEndpoint endpoint) {
        synchronized (endpoints) {
            if (endpoints.remove(endpoint)) {
                endpoints.addFirst(endpoint);
            }
        }
    }
}
