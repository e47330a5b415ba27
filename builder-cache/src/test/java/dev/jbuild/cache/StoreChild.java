package dev.jbuild.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.layer.LayerId;
import dev.jbuild.oci.MediaType;
import dev.jbuild.oci.OciJson;
import dev.jbuild.snapshot.Entries;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.state.LockTable;
import dev.jbuild.state.Pending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// What another process does with a store: `StoreChild <root> <what> [argument...]`. It prints a line when it is
/// there.
public final class StoreChild {
    private StoreChild() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        switch (arguments[1]) {
            case "build" -> {
                try (Store store = Store.open(root)) {
                    for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                        System.out.println(build(store, "step " + i, Path.of(arguments[2])));
                    }
                    store.committer().flush();
                }
            }
            case "die" -> dieAt(root, arguments[2]);
            case "hold" -> {
                Store store = Store.open(root);
                LockTable.Hold hold = store.cache().lock(key("held"));
                System.out.println("holding " + (hold == null));
                Thread.sleep(Long.MAX_VALUE);
            }
            case "waiters" -> System.out.println(waiters(root));
            default -> throw new IllegalArgumentException(arguments[1]);
        }
    }

    static ObjectNode operation(String step) {
        ObjectNode operation = OciJson.newObject();
        operation.put("step", step);
        return operation;
    }

    static CacheKey key(String step) {
        return CacheKey.of(operation(step), List.of(), List.of());
    }

    /// Does a step when nobody did: what is written to `log` says how often it was really done.
    static LayerId build(Store store, String step, Path log) throws Exception {
        CacheKey key = key(step);
        try (LockTable.Hold lock = store.cache().lock(key)) {
            var found = store.cache().find(key);
            if (found.isPresent()) {
                return found.get().layer();
            }
            Files.writeString(log, step + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Thread.sleep(20);
            return put(store, lock, step).id();
        }
    }

    static Layer put(Store store, LockTable.Hold lock, String step) throws Exception {
        Entries entries = new Entries().directory("d").file("d/f", step);
        Layer layer = store.layers().create(entries.index(), entries.contents(), LayerStore.Form.TREE);
        store.cache().put(lock, CacheRecord.of(operation(step), List.of(), List.of(), layer.id(), step));
        return layer;
    }

    /// Stops for good when the commit is at a stage; whoever started it kills it there.
    private static void dieAt(Path root, String stage) throws Exception {
        Store store = Store.open(root);
        LockTable.Hold lock = store.cache().lock(key("step"));
        switch (stage) {
            case "born" -> {
                Layer layer = put(store, lock, "step");
                stop(stage + layer.id());
            }
            case "before-objects" -> {
                store.committer().add(new Stop(Pending.Order.OBJECT, stage));
                Layer layer = put(store, lock, "step");
                store.committer().flush();
                stop("too late for " + layer.id());
            }
            case "between-objects" -> {
                Layer layer = put(store, lock, "step");
                store.committer().add(new Stop(Pending.Order.OBJECT, stage));
                Object ignored = store.blobs().put(MediaType.OCI_CONFIG, "blob".getBytes(StandardCharsets.UTF_8));
                store.committer().flush();
                stop("too late for " + layer.id());
            }
            case "before-records" -> {
                store.committer().add(new Stop(Pending.Order.RECORD, stage));
                Layer layer = put(store, lock, "step");
                store.committer().flush();
                stop("too late for " + layer.id());
            }
            case "after-records" -> {
                Layer layer = put(store, lock, "step");
                store.committer().add(new Stop(Pending.Order.RECORD, stage));
                store.committer().flush();
                stop("too late for " + layer.id());
            }
            case "flushed" -> {
                Layer layer = put(store, lock, "step");
                store.committer().flush();
                stop(stage + layer.id());
            }
            default -> throw new IllegalArgumentException(stage);
        }
    }

    private static void stop(String line) {
        System.out.println(line);
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private record Stop(Order order, String stage) implements Pending {
        @Override
        public void publish() throws IOException {
            stop(stage);
        }

        @Override
        public void settled(@Nullable IOException failure) {}
    }

    /// Eight tasks wait for a lock that a ninth holds; meant to be run with a single carrier thread.
    private static String waiters(Path root) throws Exception {
        try (Store first = Store.open(root);
                Store second = Store.open(root);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            LockTable.Hold held = first.cache().lock(key("x"));
            List<Future<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Store store = i % 2 == 0 ? first : second;
                Callable<Integer> task = () -> {
                    try (LockTable.Hold lock = store.cache().lock(key("x"))) {
                        Thread.sleep(5);
                        return lock == null ? 0 : 1;
                    }
                };
                waiting.add(threads.submit(task));
            }
            Thread.sleep(200);
            held.close();
            int sum = 0;
            for (Future<Integer> one : waiting) {
                sum += one.get();
            }
            return sum + " of 8";
        }
    }
}
