package dev.jbuild.collect;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Kinds of things in the store.
public enum ItemKind {
    /// A name of an image that was built here.
    IMAGE,
    /// What a step made, or a layer of a base image, with the records that lead to it.
    LAYER,
    /// Bytes of a layer that can be made of its other bytes: a second form, or a compressed copy.
    FORM,
    /// A config or manifest, or a blob that nothing names.
    BLOB,
    /// A record whose layer is gone.
    RECORD,
    /// What the name of a base image was.
    BASE,
    /// What is known of the files of a build context, or of a download.
    CONTEXT,
    /// What a build did, or a step read: only explanations need it.
    HISTORY,
    /// A cache mount.
    MOUNT,
    /// What a process is writing, or deleting.
    TEMPORARY,
    LOG,
    /// Something of another version of jbuild, which is left alone.
    OTHER;

    /// {@return the name that is printed}
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// {@return the kind of that label, or of the name that BuildKit has for it}
    public static Optional<ItemKind> of(String label) {
        String own = switch (label) {
            case "regular" -> LAYER.label();
            case "source.local" -> CONTEXT.label();
            case "exec.cachemount" -> MOUNT.label();
            default -> label;
        };
        return Arrays.stream(values()).filter(kind -> kind.label().equals(own)).findFirst();
    }
}
