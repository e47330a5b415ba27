package dev.jbuild.snapshot;

import dev.jbuild.layer.AccountFiles;
import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Entries of a layer and the bytes of its files, for tests.
public final class Entries {
    public static final Timestamp TIME = new Timestamp(1_500_000_000, 123_456_789);

    private final List<LayerEntry> entries = new ArrayList<>();
    private final Map<ByteString, byte[]> contents = new HashMap<>();

    public Entries() {}

    public Entries directory(String path) {
        return add(LayerEntry.directory(ByteString.of(path), 0755, 0, 0, TIME));
    }

    public Entries file(String path, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        var name = ByteString.of(path);
        contents.put(name, bytes);
        return add(LayerEntry.file(name, 0644, TIME, bytes.length, Digest.ofBytes(bytes)));
    }

    public Entries add(LayerEntry entry) {
        entries.add(entry);
        return this;
    }

    public Entries add(LayerEntry entry, byte[] content) {
        contents.put(entry.path(), content);
        return add(entry.withContent(content.length, Digest.ofBytes(content)));
    }

    public List<LayerEntry> list() {
        return entries;
    }

    public LayerIndex index() {
        return LayerIndex.of(
                entries, new AccountFiles(account(AccountFiles.PASSWD_PATH), account(AccountFiles.GROUP_PATH)));
    }

    private @Nullable ByteString account(ByteString path) {
        byte[] content = contents.get(path);
        return content == null ? null : ByteString.ofBytes(content);
    }

    public FileContents contents() {
        return file -> {
            byte[] bytes = contents.get(file.path());
            if (bytes == null) {
                throw new AssertionError("no content for " + file.path());
            }
            return new ByteArrayInputStream(bytes);
        };
    }
}
