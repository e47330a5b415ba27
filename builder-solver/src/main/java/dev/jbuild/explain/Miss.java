package dev.jbuild.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.cache.CacheKey;
import dev.jbuild.cache.Read;
import dev.jbuild.graph.Vertex;
import dev.jbuild.layer.LayerId;
import java.util.List;

/// A step that is about to run, with what its key is made of.
public record Miss(Vertex vertex, CacheKey key, ObjectNode operation, List<LayerId> inputs, List<Read> reads) {
    public Miss {
        inputs = List.copyOf(inputs);
        reads = List.copyOf(reads);
    }
}
