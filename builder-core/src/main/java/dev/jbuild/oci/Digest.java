package dev.jbuild.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names content by its hash, for example `sha256:e3b0c442...`.
///
/// Digest of what is never left open: a field or parameter says `layerDigest` (compressed bytes),
/// `diffId` (uncompressed bytes) or `contentDigest` (what COPY reads of a file).
///
/// @param algorithm `sha256`, the only one written; `sha512` is read
/// @param hex lower-case hex, 64 or 128 digits
public record Digest(String algorithm, String hex) implements Comparable<Digest> {
    /// Copied for each use: to look for the implementation takes longer than to hash a short file.
    private static final MessageDigest UNUSED = newHash("SHA-256");

    public Digest {
        int digits = switch (algorithm) {
            case "sha256" -> 64;
            case "sha512" -> 128;
            default -> throw new IllegalArgumentException("unknown digest algorithm " + Excerpt.quoted(algorithm));
        };
        if (hex.length() != digits || !isLowerHex(hex)) {
            throw new IllegalArgumentException("not " + digits + " lower-case hex digits: " + Excerpt.quoted(hex));
        }
    }

    /// {@return the digest written as `algorithm:hex`}
    ///
    /// @throws IllegalArgumentException when it is not exactly that; the text may come from outside, so it is
    ///     checked here, before it can become part of a path or a URL
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a digest: " + Excerpt.quoted(text));
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /// {@return the SHA-256 digest of all of `content`}
    public static Digest ofBytes(byte[] content) {
        return finish(sha256(content));
    }

    /// {@return the digest of what was fed to `hash`}; resets it.
    ///
    /// @param hash from [#newHash()]
    public static Digest finish(MessageDigest hash) {
        return new Digest("sha256", HexFormat.of().formatHex(hash.digest()));
    }

    /// {@return a fresh SHA-256}
    public static MessageDigest newHash() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError("the JDK's SHA-256 can be copied", impossible);
        }
    }

    /// {@return a fresh hash of this digest's algorithm, to check content against it}
    public MessageDigest newMatchingHash() {
        return newHash(algorithm.equals("sha256") ? "SHA-256" : "SHA-512");
    }

    /// {@return whether this is the digest of what was fed to `hash`}; resets it.
    ///
    /// @param hash from [#newMatchingHash()]
    public boolean matches(MessageDigest hash) {
        return hex.equals(HexFormat.of().formatHex(hash.digest()));
    }

    /// {@return the hash as bytes}
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }

    private static MessageDigest newHash(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every JDK has " + name, missing);
        }
    }

    private static MessageDigest sha256(byte[] content) {
        MessageDigest hash = newHash();
        hash.update(content);
        return hash;
    }

    /// A loop, since every file of a build context comes by here while the JVM is still cold.
    private static boolean isLowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
