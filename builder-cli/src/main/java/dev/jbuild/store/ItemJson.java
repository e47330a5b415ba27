package dev.jbuild.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.collect.StoreItem;
import dev.jbuild.oci.OciJson;

/// An item as JSON.
final class ItemJson {
    private ItemJson() {}

    static ObjectNode of(StoreItem item) {
        ObjectNode node = OciJson.newObject()
                .put("id", item.id())
                .put("type", item.kind().label())
                .put("bytes", item.bytes())
                .put("lastUsed", item.lastUsed().toString())
                .put("costMillis", item.cost().toMillis())
                .put("description", item.description())
                .put("inUse", item.need().leased())
                .put("shared", item.isShared())
                .put("dangling", item.isDangling())
                .put("reclaimable", item.isReclaimable());
        node.set("images", OciJson.newArray(item.need().images()));
        return node;
    }
}
