package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.linux.OpenFlag;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the ignore file of a context.
public final class IgnoreFile {
    private static final ByteString NAME = ByteString.of(".dockerignore");

    private IgnoreFile() {}

    /// {@return the patterns of `<Dockerfile>.dockerignore` beside the Dockerfile, or when there is no such file of
    /// `.dockerignore` in the root of the context, or none}
    ///
    /// @param context directory on this machine, as the user calls it
    /// @param dockerfile path of the Dockerfile on this machine; null when the context has none (a named context, a
    ///     Dockerfile from standard input)
    /// @throws ContextException when the file is no list of patterns
    public static IgnorePatterns choose(ByteString context, @Nullable ByteString dockerfile) throws IOException {
        if (dockerfile != null) {
            ByteString directory = directoryOf(dockerfile);
            Optional<IgnorePatterns> own = read(directory, dockerfile.name().concat(NAME));
            if (own.isPresent()) {
                return own.get();
            }
        }
        return read(context, NAME).orElse(IgnorePatterns.NONE);
    }

    private static ByteString directoryOf(ByteString dockerfile) {
        if (dockerfile.indexOf('/') < 0) {
            return ByteString.of(".");
        }
        ByteString parent = dockerfile.parent();
        return parent.isEmpty() ? ByteString.of("/") : parent;
    }

    /// {@return how the user would call the file}
    private static String path(ByteString directory, ByteString name) {
        return switch (directory.toString()) {
            case "." -> name.toString();
            case "/" -> "/" + name;
            default -> directory + "/" + name;
        };
    }

    private static Optional<IgnorePatterns> read(ByteString directory, ByteString name) throws IOException {
        try (Directory opened = Directory.open(directory);
                Fd file = opened.openInRoot(name, OpenFlag.NON_BLOCKING)) {
            if (!file.status().isRegular()) {
                throw new ContextException(path(directory, name) + " is not a regular file");
            }
            byte[] content = file.inputStream().readNBytes(IgnorePatterns.LONGEST_FILE + 1);
            return Optional.of(IgnorePatterns.parse(name.toString(), path(directory, name), content));
        } catch (LinuxException failure) {
            if (failure.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
