package dev.jbuild.layer;

import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.provider.Arguments;

/// Writes and reads whole layers in memory.
final class LayerTars {
    private LayerTars() {}

    static byte[] write(LayerIndex index, FileContents contents) throws IOException {
        var out = new ByteArrayOutputStream();
        LayerTar.write(index, contents, out);
        return out.toByteArray();
    }

    static LayerContent readLayer(byte[] tar) throws IOException {
        return LayerReader.readLayer(
                new ByteArrayInputStream(tar), Digest.ofBytes(tar), new RecordingSink(), TarLimits.DEFAULT);
    }

    /// One line for each entry: path, type, what is special about it.
    static List<String> lines(byte[] tar) throws IOException {
        return readLayer(tar).index().entries().stream().map(LayerTars::line).toList();
    }

    private static String line(LayerEntry entry) {
        var line = new StringBuilder(entry.path() + " " + entry.type());
        if (entry.isSymlink()) {
            line.append(' ').append(entry.linkTarget());
        }
        if (entry.isFile()) {
            line.append(' ').append(entry.size());
        }
        if (entry.hardLink() != null) {
            line.append(" = ").append(entry.hardLink());
        }
        return line.append(entry.opaque() ? " opaque" : "").toString();
    }

    /// One case of a parameterized test; the tar is only finished when it is asked for.
    static Arguments row(String name, TarBytes tar, String expected) {
        return Arguments.of(name, (Supplier<byte[]>) tar::end, expected);
    }
}
