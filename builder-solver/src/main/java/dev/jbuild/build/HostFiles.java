package dev.jbuild.build;

import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Files of this machine that every step sees a copy of.
final class HostFiles {
    private static final int MAX_BYTES = 1 << 16;

    private HostFiles() {}

    /// {@return where this machine resolves names: empty when it does not}
    static ByteString resolvConf() throws IOException {
        try (InputStream in = Files.newInputStream(Path.of("/etc/resolv.conf"))) {
            return ByteString.ofBytes(in.readNBytes(MAX_BYTES));
        } catch (NoSuchFileException none) {
            return ByteString.EMPTY;
        }
    }
}
