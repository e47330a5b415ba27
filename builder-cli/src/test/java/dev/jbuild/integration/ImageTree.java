package dev.jbuild.integration;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// The root file system that layers give when they are put on each other, as the OCI image specification says. Read
/// here once more, so that jbuild's own reading of layers is not asked whether it is right.
final class ImageTree {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String XATTR = "SCHILY.xattr.";
    private static final int SHORT = 1000;

    private final NavigableMap<String, File> files = new TreeMap<>();

    /// What a path names. Names of one file share the object.
    record File(
            String type, int mode, String owner, long time, String target, String content, Map<String, String> xattrs) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    NavigableMap<String, File> files() {
        return files;
    }

    /// {@return all paths of the file, in order}
    List<String> names(File file) {
        return files.entrySet().stream()
                .filter(entry -> entry.getValue() == file)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Puts the layer of an uncompressed tar archive on top. A layer may hide only what the layers below have.
    void add(InputStream layer) throws IOException {
        var hidden = new ArrayList<String>();
        var added = new TreeMap<String, File>();
        try (var tar = new TarArchiveInputStream(new BufferedInputStream(layer), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String path = path(entry.getName());
                String name = path.substring(path.lastIndexOf('/') + 1);
                String parent = path.substring(0, path.length() - name.length());
                if (name.equals(OPAQUE)) {
                    hidden.add(parent);
                } else if (name.startsWith(WHITEOUT)) {
                    hidden.add(parent + name.substring(WHITEOUT.length()));
                } else if (entry.isLink()) {
                    File first = added.get(path(entry.getLinkName()));
                    added.put(path, first == null ? files.get(path(entry.getLinkName())) : first);
                } else {
                    added.put(path, file(entry, tar));
                }
            }
        }
        hidden.forEach(this::hide);
        added.forEach(this::put);
    }

    private void hide(String path) {
        files.subMap(path.endsWith("/") ? path : path + "/", path.endsWith("/") ? path + '\uffff' : path + "0")
                .clear();
        files.remove(path);
    }

    private void put(String path, File file) {
        if (!file.type().equals("directory")) {
            hide(path);
        }
        files.put(path, file);
    }

    private static String path(String name) {
        String path = name.startsWith("./") ? name.substring(1) : name;
        path = path.startsWith("/") ? path : "/" + path;
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static File file(TarArchiveEntry entry, InputStream content) throws IOException {
        return new File(
                type(entry),
                entry.getMode() & 07777,
                entry.getLongUserId() + ":" + entry.getLongGroupId(),
                entry.getLastModifiedTime().toInstant().getEpochSecond(),
                entry.getLinkName(),
                entry.isFile() ? content(content.readAllBytes()) : "",
                xattrs(entry));
    }

    private static String type(TarArchiveEntry entry) {
        if (entry.isDirectory()) {
            return "directory";
        }
        if (entry.isSymbolicLink()) {
            return "link";
        }
        if (entry.isFIFO()) {
            return "fifo";
        }
        if (entry.isCharacterDevice() || entry.isBlockDevice()) {
            return (entry.isBlockDevice() ? "block" : "character") + " device " + entry.getDevMajor() + ":"
                    + entry.getDevMinor();
        }
        return "file";
    }

    private static Map<String, String> xattrs(TarArchiveEntry entry) {
        var xattrs = new TreeMap<String, String>();
        entry.getExtraPaxHeaders().forEach((key, value) -> {
            if (key.startsWith(XATTR)) {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                xattrs.put(key.substring(XATTR.length()), HexFormat.of().formatHex(bytes));
            }
        });
        return xattrs;
    }

    /// {@return short text as it is, or else what tells content from other content}
    private static String content(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.length() <= SHORT && text.chars().allMatch(c -> c == '\n' || c == '\t' || c >= ' ' && c != '\ufffd')) {
            return '"' + text.replace("\n", "\\n") + '"';
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return bytes.length + " bytes " + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
