package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which extended attributes are content of an image, and the map that holds them.
///
/// `trusted.*` and `*.overlay.*` are orders to the overlay driver: in a lower directory they could hide or
/// redirect paths, so they neither enter from outside nor leave. Labels and signatures that only mean something
/// on the machine that made them (SELinux, IMA, EVM, NFS access lists) stay where they are.
public final class ExtendedAttributes {
    /// The map of most entries.
    public static final SortedMap<ByteString, ByteString> NONE =
            Collections.unmodifiableSortedMap(new TreeMap<ByteString, ByteString>());

    private static final List<ByteString> LEFT_OUT = List.of(
            ByteString.of("trusted."),
            ByteString.of("user.overlay."),
            ByteString.of("security.overlay."),
            ByteString.of("security.selinux"),
            ByteString.of("security.ima"),
            ByteString.of("security.evm"),
            ByteString.of("security.apparmor"),
            ByteString.of("system.nfs4_acl"));

    private ExtendedAttributes() {}

    /// {@return whether a layer may hold an attribute of this name}
    public static boolean belongsInLayer(ByteString name) {
        for (ByteString prefix : LEFT_OUT) {
            if (name.startsWith(prefix)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /// {@return `attributes` without those that no layer may hold, as an unmodifiable copy}
    public static SortedMap<ByteString, ByteString> withoutForbidden(SortedMap<ByteString, ByteString> attributes) {
        if (attributes.isEmpty()) {
            return NONE;
        }
        var kept = new TreeMap<ByteString, ByteString>(attributes);
        kept.keySet().removeIf(name -> !belongsInLayer(name));
        return kept.isEmpty() ? NONE : Collections.unmodifiableSortedMap(kept);
    }

    static SortedMap<ByteString, ByteString> checkedCopy(SortedMap<ByteString, ByteString> attributes) {
        if (attributes.isEmpty()) {
            return NONE;
        }
        for (ByteString name : attributes.keySet()) {
            if (!belongsInLayer(name)) {
                throw new IllegalArgumentException("no layer may hold the extended attribute '" + name + "'");
            }
        }
        return Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }
}
