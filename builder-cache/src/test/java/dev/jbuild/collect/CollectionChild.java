package dev.jbuild.collect;

import dev.jbuild.cache.Store;
import java.nio.file.Path;

/// What another process does: `CollectionChild <root> prune|build`, again and again, until it is killed.
public final class CollectionChild {
    private CollectionChild() {}

    public static void main(String[] arguments) throws Exception {
        var fixture = new StoreFixture(Path.of(arguments[0]));
        System.out.println("started");
        for (int time = 0; ; time++) {
            if (arguments[1].equals("prune")) {
                Object ignored = fixture.prune(StoreFixture.everything());
            }
            try (Store store = fixture.open()) {
                Object ignored = StoreFixture.build(store, "", 12);
            }
        }
    }
}
