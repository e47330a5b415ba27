package dev.jbuild.copy;

import dev.jbuild.layer.EntryType;
import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.LayerTar;
import dev.jbuild.layer.MergedTree;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Fd;
import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Trees as lines to write and to compare in tests:
/// ```
/// d 755 0:0 usr/bin       a directory
/// f 644 0:0 a/b text      a file and what it holds
/// h a/c a/b               a hard link and the first link
/// l bin usr/bin           a symbolic link and its text
/// p 644 0:0 pipe          a pipe
/// ```
/// A time other than 1970 stands at the end as `@seconds`.
final class TreeText implements FileContents {
    static final ArchiveSpace SPACE = () -> Fd.inMemory("archive");

    private final Map<Digest, byte[]> contents = new HashMap<>();
    private final List<LayerEntry> entries = new ArrayList<>();

    static TreeText of(String lines) {
        var text = new TreeText();
        lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(text::add);
        return text;
    }

    SourceTree source() {
        return new SourceTree("stage 'build'", merged(), this);
    }

    /// {@return the tree as a tar}
    byte[] tar() throws IOException {
        var tar = new ByteArrayOutputStream();
        LayerTar.write(LayerIndex.of(entries), this, tar);
        return tar.toByteArray();
    }

    /// Adds a file of any bytes.
    TreeText with(String path, byte[] content) {
        Digest digest = Digest.ofBytes(content);
        contents.put(digest, content);
        entries.add(LayerEntry.file(path(path), 0644, Timestamp.EPOCH, content.length, digest));
        return this;
    }

    MergedTree merged() {
        return MergedTree.of(List.of(LayerIndex.of(entries)));
    }

    static ByteString path(String text) {
        return text.equals("/") ? ByteString.EMPTY : ByteString.of(text);
    }

    @Override
    public java.io.InputStream open(LayerEntry file) {
        return new ByteArrayInputStream(contents.get(file.requiredContentDigest()));
    }

    /// {@return the lines of what a plan makes; its files are read}
    static List<String> describe(CopyPlan plan) throws IOException {
        var lines = new ArrayList<String>();
        for (LayerEntry entry : plan.entries()) {
            lines.add(describe(entry, plan));
        }
        return lines;
    }

    private static String describe(LayerEntry entry, CopyPlan plan) throws IOException {
        String path = entry.path().isEmpty() ? "/" : entry.path().toString();
        String owner = " " + Integer.toOctalString(entry.mode()) + " " + Integer.toUnsignedString(entry.userId()) + ":"
                + Integer.toUnsignedString(entry.groupId()) + " ";
        String time = entry.modified().equals(Timestamp.EPOCH)
                ? ""
                : " @" + entry.modified().seconds();
        return switch (entry.type()) {
            case DIRECTORY -> "d" + owner + path + (entry.opaque() ? " opaque" : "") + time;
            case FILE ->
                entry.hardLink() == null ? file(entry, plan, owner) + time : "h " + path + " " + entry.hardLink();
            case SYMLINK -> "l " + path + " " + entry.linkTarget() + time;
            case FIFO -> "p" + owner + path + time;
            case WHITEOUT -> "w " + path;
            case CHARACTER_DEVICE, BLOCK_DEVICE -> "n" + owner + path + time;
        };
    }

    private static String file(LayerEntry entry, CopyPlan plan, String owner) throws IOException {
        try (var bytes = plan.open(entry)) {
            byte[] content = bytes.readAllBytes();
            if (!Digest.ofBytes(content).equals(entry.contentDigest()) || content.length != entry.size()) {
                throw new AssertionError("bytes of " + entry.path() + " are not those of its entry");
            }
            return "f" + owner + entry.path() + " " + new String(content, StandardCharsets.UTF_8);
        }
    }

    private void add(String line) {
        int at = line.lastIndexOf(" @");
        var modified = at < 0 ? Timestamp.EPOCH : Timestamp.ofSeconds(Long.parseLong(line.substring(at + 2)));
        String[] words = (at < 0 ? line : line.substring(0, at)).split(" ", 5);
        entries.add(
                switch (words[0]) {
                    case "l" -> LayerEntry.symlink(path(words[1]), ByteString.of(words[2]), modified);
                    case "h" -> link(words);
                    case "d" -> owned(LayerEntry.directory(path(words[3]), mode(words), 0, 0, modified), words[2]);
                    case "p" -> owned(LayerEntry.fifo(path(words[3]), mode(words), modified), words[2]);
                    case "f" -> owned(file(words, modified), words[2]);
                    default -> throw new AssertionError(line);
                });
    }

    private LayerEntry link(String[] words) {
        LayerEntry first = entries.stream()
                .filter(entry -> entry.path().equals(path(words[2])))
                .findFirst()
                .orElseThrow();
        return first.withPath(path(words[1])).withHardLink(first.path());
    }

    private LayerEntry file(String[] words, Timestamp modified) {
        byte[] content = (words.length > 4 ? words[4] : "").getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.ofBytes(content);
        contents.put(digest, content);
        LayerEntry file = LayerEntry.file(path(words[3]), mode(words), modified, content.length, digest);
        if (file.type() != EntryType.FILE) {
            throw new AssertionError(file);
        }
        return file;
    }

    private static int mode(String[] words) {
        return Integer.parseInt(words[1], 8);
    }

    private static LayerEntry owned(LayerEntry entry, String owner) {
        String[] ids = owner.split(":");
        return entry.withOwner(Integer.parseUnsignedInt(ids[0]), Integer.parseUnsignedInt(ids[1]));
    }
}
