package dev.jbuild.collect;

import java.util.List;

/// What a collection did.
///
/// @param removed in this order
/// @param bytes that they took
/// @param left bytes that the store takes now
public record Collection(List<StoreItem> removed, long bytes, long left) {
    public Collection {
        removed = List.copyOf(removed);
    }
}
