package dev.jbuild.build;

import dev.jbuild.context.ContextException;
import dev.jbuild.dockerfile.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Finds and reads Dockerfiles.
public final class DockerfileSource {
    private DockerfileSource() {}

    /// {@return where the Dockerfile is}
    static Path path(BuildRequest request) {
        return request.dockerfile() == null ? request.context().resolve("Dockerfile") : request.dockerfile();
    }

    /// {@return the Dockerfile, called in messages as the user wrote it}
    ///
    /// @throws ContextException when there is no such file, or none that can be read
    static SourceFile read(BuildRequest request) throws IOException {
        return read(path(request));
    }

    /// {@return the Dockerfile at `path`, called so in messages}
    ///
    /// @throws ContextException when there is no such file, or none that can be read
    public static SourceFile read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new ContextException("Dockerfile '" + path + "' is a directory");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new ContextException("Dockerfile '" + path + "' is not a regular file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return SourceFile.of(path.toString(), in.readNBytes(SourceFile.MAX_BYTES + 1));
        } catch (NoSuchFileException missing) {
            throw new ContextException("Dockerfile '" + path + "' does not exist; name another one with -f");
        } catch (AccessDeniedException denied) {
            throw new ContextException("Dockerfile '" + path + "' may not be read by this user");
        }
    }
}
