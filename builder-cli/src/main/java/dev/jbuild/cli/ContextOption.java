package dev.jbuild.cli;

import dev.jbuild.build.NamedContext;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The value of `--build-context`: `NAME=DIR` or `NAME=oci-layout://DIR[:TAG|@DIGEST]`.
///
/// @param name what FROM and `--from` call it
record ContextOption(String name, NamedContext source) {
    private static final String LAYOUT = "oci-layout://";
    private static final String EXAMPLE = "--build-context base=oci-layout:///path/to/layout:tag";

    static ContextOption parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new UsageException("--build-context takes NAME=SOURCE, got '" + text + "'", EXAMPLE);
        }
        var name = text.substring(0, equals);
        var value = text.substring(equals + 1);
        if (value.startsWith(LAYOUT)) {
            return new ContextOption(name, layout(text, value.substring(LAYOUT.length())));
        }
        if (isRemote(value)) {
            throw new UsageException(
                    "--build-context '" + text + "': only a directory or oci-layout:// is supported yet", null);
        }
        return new ContextOption(name, new NamedContext.Directory(directory(text, value)));
    }

    /// {@return whether a context is something else than a path}
    static boolean isRemote(String context) {
        return context.contains("://")
                || context.startsWith("git@")
                || context.startsWith("github.com/")
                || context.startsWith("target:");
    }

    private static NamedContext.OciLayout layout(String text, String value) {
        int end = value.length();
        String reference = null;
        int digest = value.indexOf('@', value.lastIndexOf('/') + 1);
        int tag = value.indexOf(':', value.lastIndexOf('/') + 1);
        if (digest >= 0) {
            // A digest decides, whatever the tag before it is called.
            end = tag >= 0 && tag < digest ? tag : digest;
            reference = value.substring(digest + 1);
        } else if (tag >= 0) {
            end = tag;
            reference = value.substring(tag + 1);
        }
        if (reference != null && reference.isEmpty()) {
            throw new UsageException("--build-context '" + text + "' ends where a tag or digest should be", EXAMPLE);
        }
        return new NamedContext.OciLayout(layoutDirectory(text, value.substring(0, end)), reference);
    }

    private static Path layoutDirectory(String text, String value) {
        var directory = directory(text, value);
        if (!Files.exists(directory.resolve("index.json"))) {
            throw new UsageException(
                    "--build-context '" + text + "': '" + value + "' is no OCI layout, it has no index.json", null);
        }
        return directory;
    }

    private static Path directory(String text, @Nullable String value) {
        var directory = Path.of(value == null ? "" : value);
        if (!Files.isDirectory(directory)) {
            throw new UsageException("--build-context '" + text + "': no directory '" + value + "'", null);
        }
        return directory;
    }
}
