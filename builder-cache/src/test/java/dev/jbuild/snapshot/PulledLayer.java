package dev.jbuild.snapshot;

import dev.jbuild.layer.GzipBlocks;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerTar;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/// A layer in a registry, for tests.
final class PulledLayer implements LayerOrigin {
    final byte[] tar;
    final byte[] gzip;
    final Descriptor descriptor;
    final AtomicInteger opened = new AtomicInteger();

    /// What the registry sends.
    volatile byte[] sent;

    PulledLayer(Entries entries) throws IOException {
        this(tar(entries));
    }

    PulledLayer(byte[] tar) throws IOException {
        this.tar = tar;
        var compressed = new ByteArrayOutputStream();
        try (var compressor = new GzipBlocks(compressed, 1)) {
            compressor.write(tar, 0, tar.length);
            compressor.finish();
        }
        this.gzip = compressed.toByteArray();
        this.sent = gzip;
        this.descriptor = Descriptor.of(MediaType.OCI_LAYER_GZIP, Digest.ofBytes(gzip), gzip.length);
    }

    static byte[] tar(Entries entries) throws IOException {
        var tar = new ByteArrayOutputStream();
        LayerTar.write(entries.index(), entries.contents(), tar);
        return tar.toByteArray();
    }

    Layer layer() {
        return new Layer(LayerId.ofDiffId(Digest.ofBytes(tar)), this);
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public InputStream open() {
        opened.incrementAndGet();
        return new ByteArrayInputStream(sent);
    }
}
