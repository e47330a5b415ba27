package dev.jbuild.oci;

import java.util.Arrays;

/// A JSON document exactly as it was received or will be sent. Its digest is the digest of these bytes.
public final class JsonBytes {
    private final byte[] bytes;
    private final Digest digest;

    private JsonBytes(byte[] bytes) {
        this.bytes = bytes;
        this.digest = Digest.ofBytes(bytes);
    }

    /// {@return a copy of `bytes` as a document; it is not looked at}
    public static JsonBytes of(byte[] bytes) {
        return new JsonBytes(bytes.clone());
    }

    /// {@return a copy of the bytes}
    public byte[] bytes() {
        return bytes.clone();
    }

    /// {@return the SHA-256 digest of the bytes}
    public Digest digest() {
        return digest;
    }

    /// {@return the number of bytes}
    public int size() {
        return bytes.length;
    }

    /// {@return a descriptor of these bytes under a media type}
    public Descriptor descriptor(MediaType mediaType) {
        return Descriptor.of(mediaType, digest, bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return digest + " (" + bytes.length + " bytes)";
    }
}
