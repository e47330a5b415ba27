package dev.jbuild.keys;

import dev.jbuild.cache.CacheKey;
import dev.jbuild.cache.Read;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.OperationJson;
import dev.jbuild.graph.Vertex;
import dev.jbuild.layer.LayerId;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The keys that the steps of a plan would have, if no two keys ever gave equal layers and all contexts stayed as they
/// are.
final class PlannedKeys {
    private PlannedKeys() {}

    /// {@return the layers of the root file system that a vertex makes}
    static List<LayerId> layers(Vertex vertex) {
        var layers = new ArrayList<LayerId>();
        if (vertex.base() != null) {
            layers.addAll(layers(vertex.base()));
        }
        switch (vertex.operation()) {
            case Operation.Image image -> image.layers().forEach(each -> layers.add(LayerId.ofDiffId(each.diffId())));
            case Operation.Stack(Vertex top) -> layers.addAll(layers(top));
            case Operation.Run _,
                    Operation.Copy _,
                    Operation.Directory _,
                    Operation.Download _,
                    Operation.GitCheckout _,
                    Operation.MakeDirectory _ ->
                layers.add(LayerId.parse("i:"
                        + CacheKey.of(OperationJson.encode(vertex.operation()), List.copyOf(layers), reads(vertex))
                                .hex()));
        }
        return layers;
    }

    private static List<Read> reads(Vertex vertex) {
        var reads = new ArrayList<Read>();
        if (vertex.operation() instanceof Operation.Copy copy) {
            for (Operation.Source source : copy.sources()) {
                switch (source) {
                    case Operation.Source.FromContext(String name, String pattern) ->
                        reads.add(read(pattern, "context " + name));
                    case Operation.Source.FromVertex from ->
                        reads.add(read(from.pattern(), layers(from.vertex()).toString()));
                    case Operation.Source.OneFile file ->
                        reads.add(read("file", layers(file.vertex()).toString()));
                    case Operation.Source.Inline _ -> {}
                }
            }
        }
        return reads;
    }

    private static Read read(String path, String content) {
        return new Read(ByteString.of(path), digest(content));
    }

    private static Digest digest(String text) {
        return Digest.ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
