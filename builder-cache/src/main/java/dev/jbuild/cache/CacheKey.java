package dev.jbuild.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.layer.LayerId;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.OciJson;
import java.util.List;

/// Names what a step does to what: equal keys give equal layers. docs/cache-keys.md says what enters.
///
/// @param hex 64 lower-case hex digits
public record CacheKey(String hex) {
    /// Rises whenever a key would mean something else.
    private static final int VERSION = 1;

    public CacheKey {
        Digest checked = new Digest("sha256", hex);
        assert checked.hex().equals(hex);
    }

    /// {@return the key of an operation}
    ///
    /// @param operation what is done, after expansion, with integers as its only numbers
    /// @param inputs what it stands on, bottom first
    /// @param reads in the order in which the operation names them
    /// @throws IllegalArgumentException when the operation has no canonical form
    public static CacheKey of(ObjectNode operation, List<LayerId> inputs, List<Read> reads) {
        refuseFractions(operation);
        ObjectNode whole = OciJson.newObject();
        whole.put("v", VERSION);
        whole.set("op", operation);
        whole.set("inputs", inputsJson(inputs));
        whole.set("reads", readsJson(reads));
        return new CacheKey(Digest.ofBytes(OciJson.print(whole)).hex());
    }

    static ArrayNode inputsJson(List<LayerId> inputs) {
        ArrayNode array = OciJson.newArray();
        for (LayerId input : inputs) {
            array.add(input.toString());
        }
        return array;
    }

    static ArrayNode readsJson(List<Read> reads) {
        ArrayNode array = OciJson.newArray();
        for (Read read : reads) {
            array.addArray()
                    .add(ByteText.write(read.path()))
                    .add(read.contentDigest().toString());
        }
        return array;
    }

    private static void refuseFractions(JsonNode node) {
        if (node.isNumber() && !node.isIntegralNumber()) {
            throw new IllegalArgumentException("an operation holds the fraction " + node.asText());
        }
        for (JsonNode child : node) {
            refuseFractions(child);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
