package dev.jbuild.layer;

import dev.jbuild.oci.Digest;
import java.util.HexFormat;

/// Names a layer for ever: what a cache key says a step stands on.
///
/// A pulled layer is named by its diff ID, so its name is known before a byte of it is there; a layer made here
/// by its index with all times, so it is known before a tar of it exists.
///
/// @param hex 64 lower-case hex digits
public record LayerId(Kind kind, String hex) implements Comparable<LayerId> {
    /// Where the name comes from.
    public enum Kind {
        /// The SHA-256 of the layer's index.
        INDEX('i'),
        /// The SHA-256 of the layer's uncompressed tar, as the image config says it.
        DIFF('d');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    public LayerId {
        if (hex.length() != 64 || !hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new IllegalArgumentException("not 64 lower-case hex digits: '" + hex + "'");
        }
    }

    /// {@return the id of the layer whose uncompressed tar has this digest}
    ///
    /// @throws IllegalArgumentException when `diffId` is not SHA-256
    public static LayerId ofDiffId(Digest diffId) {
        return new LayerId(Kind.DIFF, diffId.hex());
    }

    /// {@return the id written as [#toString()] writes it}
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static LayerId parse(String text) {
        return parse(text, ':');
    }

    /// {@return the id of a name made by [#directoryName()]}
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static LayerId ofDirectoryName(String name) {
        return parse(name, '-');
    }

    /// {@return the id as a file name}
    public String directoryName() {
        return kind.letter + "-" + hex;
    }

    byte[] hashBytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(LayerId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return kind.letter + ":" + hex;
    }

    private static LayerId parse(String text, char separator) {
        for (Kind kind : Kind.values()) {
            if (text.length() > 2 && text.charAt(0) == kind.letter && text.charAt(1) == separator) {
                return new LayerId(kind, text.substring(2));
            }
        }
        throw new IllegalArgumentException("not a layer id: '" + text + "'");
    }
}
