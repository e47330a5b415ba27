package dev.jbuild.layer;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Entries, contents and random trees for tests.
final class Trees {
    static final Timestamp NOW = Timestamp.ofSeconds(1_700_000_000);

    private Trees() {}

    static ByteString path(String path) {
        return ByteString.of(path);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static LayerEntry file(String path, String content) {
        return LayerEntry.file(path(path), 0644, NOW, bytes(content).length, Digest.ofBytes(bytes(content)));
    }

    static LayerEntry directory(String path) {
        return LayerEntry.directory(path(path), 0755, 0, 0, NOW);
    }

    static LayerEntry opaque(String path) {
        return directory(path).withOpaque(true);
    }

    static LayerEntry symlink(String path, String target) {
        return LayerEntry.symlink(path(path), ByteString.of(target), NOW);
    }

    static LayerEntry whiteout(String path) {
        return LayerEntry.whiteout(path(path));
    }

    static LayerIndex layer(LayerEntry... entries) {
        return LayerIndex.of(List.of(entries));
    }

    static List<String> paths(List<LayerEntry> entries) {
        return entries.stream().map(entry -> entry.path().toString()).toList();
    }

    /// File bytes by digest.
    static final class Store implements FileContents {
        private final Map<String, byte[]> byDigest = new HashMap<>();

        LayerEntry file(ByteString path, int mode, Timestamp modified, byte[] content) {
            Digest digest = Digest.ofBytes(content);
            byDigest.put(digest.hex(), content);
            return LayerEntry.file(path, mode, modified, content.length, digest);
        }

        LayerEntry file(String path, String content) {
            return file(Trees.path(path), 0644, NOW, bytes(content));
        }

        byte[] bytesOf(LayerEntry file) {
            return byDigest.get(file.requiredContentDigest().hex());
        }

        @Override
        public ByteArrayInputStream open(LayerEntry file) throws IOException {
            byte[] content = bytesOf(file);
            if (content == null) {
                throw new IOException("no content of '" + file.path() + "'");
            }
            return new ByteArrayInputStream(content);
        }
    }

    /// {@return entries of a random layer: all types, hard links, odd names, parents mostly there}
    ///
    /// @param device whether devices and pipes are among them
    static List<LayerEntry> randomEntries(Random random, Store store, boolean whiteouts, boolean device) {
        var entries = new TreeMap<ByteString, LayerEntry>();
        var directories = new ArrayList<ByteString>(List.of(ByteString.EMPTY));
        var files = new ArrayList<LayerEntry>();
        for (int i = random.nextInt(60); i > 0; i--) {
            ByteString parent = directories.get(random.nextInt(directories.size()));
            ByteString path = parent.resolve(name(random));
            if (entries.containsKey(path)) {
                continue;
            }
            LayerEntry entry = randomEntry(random, path, store, whiteouts, device);
            entries.put(path, entry);
            if (entry.isDirectory()) {
                directories.add(path);
            } else if (entry.isFile()) {
                files.add(entry);
            }
        }
        addHardLinks(random, entries, directories, files);
        if (random.nextBoolean()) {
            entries.keySet().removeIf(path -> entries.get(path).isDirectory() && random.nextInt(8) == 0);
        }
        return new ArrayList<>(entries.values());
    }

    private static LayerEntry randomEntry(
            Random random, ByteString path, Store store, boolean whiteouts, boolean device) {
        var modified = new Timestamp(
                random.nextInt(4) == 0 ? random.nextLong(-1L << 35, 1L << 35) : random.nextInt(2_000_000_000),
                random.nextInt(4) == 0 ? random.nextInt(1_000_000_000) : 0);
        int mode = random.nextInt(010000);
        LayerEntry entry = switch (random.nextInt(device ? 12 : 10)) {
            case 0, 1, 2, 3 -> store.file(path, mode, modified, content(random));
            case 4, 5, 6 ->
                LayerEntry.directory(path, mode, 0, 0, modified).withOpaque(whiteouts && random.nextInt(4) == 0);
            case 7, 8 -> LayerEntry.symlink(path, target(random), modified);
            case 9 -> whiteouts ? LayerEntry.whiteout(path) : store.file(path, mode, modified, content(random));
            case 10 -> LayerEntry.fifo(path, mode, modified);
            default ->
                LayerEntry.device(
                        path,
                        random.nextBoolean() ? EntryType.CHARACTER_DEVICE : EntryType.BLOCK_DEVICE,
                        mode,
                        modified,
                        LayerEntry.deviceNumber(random.nextInt(1, 4096), random.nextInt(1 << 20)));
        };
        if (entry.type() == EntryType.WHITEOUT) {
            return entry;
        }
        if (random.nextInt(3) == 0) {
            entry = entry.withOwner(random.nextInt(70_000), (int) random.nextLong(0xffff_fffeL));
        }
        if (random.nextInt(8) == 0 && !entry.isSymlink()) {
            var value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            entry = entry.withXattrs(
                    new TreeMap<>(Map.of(ByteString.of("user." + random.nextInt(9)), ByteString.ofBytes(value))));
        }
        return entry;
    }

    private static void addHardLinks(
            Random random, Map<ByteString, LayerEntry> entries, List<ByteString> directories, List<LayerEntry> files) {
        for (int i = 0; i < 4 && !files.isEmpty(); i++) {
            LayerEntry file = files.remove(random.nextInt(files.size()));
            ByteString other =
                    directories.get(random.nextInt(directories.size())).resolve(name(random));
            if (entries.containsKey(other)) {
                continue;
            }
            ByteString first = file.path().compareTo(other) < 0 ? file.path() : other;
            entries.put(other, file.withPath(other));
            entries.computeIfPresent(
                    first.equals(other) ? file.path() : other, (path, link) -> link.withHardLink(first));
        }
    }

    private static byte[] content(Random random) {
        var content = new byte[random.nextInt(4) == 0 ? random.nextInt(3000) : random.nextInt(20)];
        random.nextBytes(content);
        return content;
    }

    private static ByteString target(Random random) {
        String target = random.nextBoolean() ? "../" + name(random) : "/" + name(random);
        return ByteString.of(random.nextInt(10) == 0 ? target.repeat(1 + 110 / target.length()) : target);
    }

    static ByteString name(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> ByteString.ofBytes(new byte[] {'x', (byte) 0xff, (byte) (0x80 + random.nextInt(0x7f))});
            case 1 -> ByteString.of("n" + "ä".repeat(1 + random.nextInt(100)));
            case 2 -> ByteString.of("long" + "l".repeat(random.nextInt(200)));
            case 3 -> ByteString.of("a-" + random.nextInt(3));
            case 4 -> ByteString.of("b\n\t \\" + random.nextInt(3));
            default -> ByteString.of(String.valueOf((char) ('a' + random.nextInt(10))));
        };
    }
}
