package dev.jbuild.blob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.oci.OciJson;

/// JSON files of the state directory, each with the digest of itself: a bit that flipped on the disk may leave a
/// valid time or digest, only another one.
///
/// `sum` is the SHA-256 of the canonical form without `sum`. Files of earlier versions have none.
public final class SealedJson {
    private static final String SUM = "sum";

    private SealedJson() {}

    /// {@return the file of an object, which gets its digest}
    public static byte[] print(ObjectNode object) {
        object.remove(SUM);
        object.put(SUM, Digest.ofBytes(OciJson.print(object)).hex());
        return OciJson.print(object);
    }

    /// {@return the object in a file}
    ///
    /// @param document what to call it in messages
    /// @throws MalformedImageException when it is not what was written
    public static JsonNode parse(String document, byte[] json) {
        JsonNode node = OciJson.parse(document, json);
        if (node instanceof ObjectNode object) {
            JsonNode sum = object.remove(SUM);
            if (sum != null
                    && !sum.asText()
                            .equals(Digest.ofBytes(OciJson.print(object)).hex())) {
                throw new MalformedImageException(document, "it is not what was written");
            }
        }
        return node;
    }
}
