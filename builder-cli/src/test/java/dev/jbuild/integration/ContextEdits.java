package dev.jbuild.integration;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/// Changes a directory in every way in which a build context is changed, and in some in which it never is.
final class ContextEdits {
    /// Above this number of files more go than come.
    private static final int CROWDED = 50;

    private static final List<String> PATTERNS = List.of(
            "*.txt", "d1", "!d1/f*", "**/f2*", "d2/", "!d2/d1", "f?", "# f1", "/d1/d2", "!**/f22.txt", "*/*/f1");

    /// One kind of edit.
    enum Kind {
        ADD,
        ADD_DIRECTORY,
        ADD_ODD_NAME,
        REWRITE,
        SAME_SIZE_AND_TIME,
        TOUCH,
        MODE,
        OWNER,
        ATTRIBUTE,
        HARD_LINK,
        BREAK_LINK,
        SYMBOLIC_LINK,
        RETARGET,
        TYPE,
        RENAME,
        SWAP,
        DELETE,
        IGNORE_FILE
    }

    private final Path context;
    private final Random random;

    ContextEdits(Path context, long seed) {
        this.context = context;
        this.random = new Random(seed);
    }

    /// Makes one edit.
    ///
    /// @return what it was
    String next() throws IOException {
        while (true) {
            List<Path> all = all();
            Kind kind = all.size() > CROWDED ? Kind.DELETE : Kind.values()[random.nextInt(Kind.values().length)];
            Path changed = make(kind, all);
            if (changed != null) {
                return kind + " " + context.relativize(changed);
            }
        }
    }

    /// {@return the file that was changed; null when there is none of the kind}
    private Path make(Kind kind, List<Path> all) throws IOException {
        Path file = pick(all, path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS));
        Path any = pick(all, path -> true);
        return switch (kind) {
            case ADD -> written(free(all), content());
            case ADD_DIRECTORY -> Files.createDirectories(free(all).resolve(name()));
            case ADD_ODD_NAME -> toggleOddName();
            case REWRITE -> file == null ? null : written(file, content());
            case SAME_SIZE_AND_TIME -> file == null ? null : replaceBytes(file);
            case TOUCH ->
                isFileOrDirectory(any) ? Files.setLastModifiedTime(any, FileTime.fromMillis(random.nextInt())) : null;
            case MODE -> set(any, "unix:mode", 0700 | random.nextInt(01000) | random.nextInt(8) << 9);
            case OWNER -> set(any, "unix:uid", random.nextInt(5));
            case ATTRIBUTE -> attribute(any);
            case HARD_LINK -> file == null ? null : Files.createLink(free(all), file);
            case BREAK_LINK -> file == null ? null : breakLink(file);
            case SYMBOLIC_LINK -> Files.createSymbolicLink(free(all), Path.of(name()));
            case RETARGET -> retarget(pick(all, Files::isSymbolicLink));
            case TYPE -> any == null ? null : changeType(any);
            case RENAME -> any == null ? null : rename(any, free(all));
            case SWAP ->
                file == null
                        ? null
                        : swap(file, pick(all, path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)));
            case DELETE -> any == null ? null : delete(any);
            case IGNORE_FILE -> ignoreFile();
        };
    }

    private List<Path> all() throws IOException {
        try (var walk = Files.walk(context)) {
            return walk.filter(path -> !path.equals(context) && !path.endsWith(".dockerignore") && isText(path))
                    .sorted()
                    .toList();
        }
    }

    /// Names that Java cannot spell are edited by [#toggleOddName] alone.
    private static boolean isText(Path path) {
        return path.toString().indexOf('\uFFFD') < 0;
    }

    private Path pick(List<Path> from, Predicate<Path> wanted) {
        List<Path> found = from.stream().filter(wanted).toList();
        return found.isEmpty() ? null : found.get(random.nextInt(found.size()));
    }

    private String name() {
        return (random.nextBoolean() ? "f" : "d") + random.nextInt(4) + (random.nextInt(3) == 0 ? "2.txt" : "");
    }

    /// {@return a path that nothing has, in some directory}
    private Path free(List<Path> all) {
        var directories = new ArrayList<Path>(List.of(context));
        all.stream()
                .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                .forEach(directories::add);
        Path path = directories.get(random.nextInt(directories.size())).resolve(name());
        while (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            path = path.resolveSibling(path.getFileName() + "x");
        }
        return path;
    }

    private byte[] content() {
        var bytes = new byte[random.nextInt(10) == 0 ? 100_000 : random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Path written(Path file, byte[] content) throws IOException {
        return Files.write(file, content);
    }

    private Path replaceBytes(Path file) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        byte[] bytes = Files.readAllBytes(file);
        random.nextBytes(bytes);
        return Files.setLastModifiedTime(Files.write(file, bytes), time);
    }

    private static Path set(Path file, String attribute, int value) throws IOException {
        return isFileOrDirectory(file) ? Files.setAttribute(file, attribute, value, LinkOption.NOFOLLOW_LINKS) : null;
    }

    /// The others are never opened: a pipe would wait.
    private static boolean isFileOrDirectory(Path path) {
        return path != null
                && (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                        || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
    }

    private Path attribute(Path file) throws IOException {
        if (file == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        var view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        if (view.list().contains("color") && random.nextBoolean()) {
            view.delete("color");
        } else {
            view.write("color", ByteBuffer.wrap(new byte[] {(byte) random.nextInt(3)}));
        }
        return file;
    }

    private static Path breakLink(Path file) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        byte[] bytes = Files.readAllBytes(file);
        Object mode = Files.getAttribute(file, "unix:mode");
        Files.delete(file);
        Files.write(file, bytes);
        Files.setAttribute(file, "unix:mode", (int) mode & 07777);
        return Files.setLastModifiedTime(file, time);
    }

    private Path retarget(Path link) throws IOException {
        if (link == null) {
            return null;
        }
        Files.delete(link);
        return Files.createSymbolicLink(link, Path.of(name()));
    }

    private Path changeType(Path path) throws IOException {
        delete(path);
        switch (random.nextInt(5)) {
            case 0 -> written(path, content());
            case 1 -> written(Files.createDirectory(path).resolve(name()), content());
            case 2 -> Files.createSymbolicLink(path, Path.of(name()));
            case 3 -> node(path, FileType.FIFO, 0);
            default -> node(path, FileType.CHARACTER_DEVICE, 1 + random.nextInt(9));
        }
        return path;
    }

    private static void node(Path path, FileType type, int minor) throws IOException {
        try (Directory parent = Directory.open(ByteString.of(path.getParent().toString()))) {
            parent.makeNode(
                    ByteString.of(path.getFileName().toString()), type, 0640, type == FileType.FIFO ? 0 : 1, minor);
        }
    }

    private static Path rename(Path from, Path to) throws IOException {
        return to.startsWith(from) ? null : Files.move(from, to);
    }

    private static Path swap(Path one, Path other) throws IOException {
        if (one.equals(other)) {
            return null;
        }
        Path between = one.resolveSibling("between");
        Files.move(one, between);
        Files.move(other, one);
        return Files.move(between, other);
    }

    private static Path delete(Path path) throws IOException {
        try (Directory parent = Directory.open(ByteString.of(path.getParent().toString()))) {
            parent.deleteRecursively(ByteString.of(path.getFileName().toString()));
        }
        return path;
    }

    /// A name that is no text in any encoding.
    private Path toggleOddName() throws IOException {
        ByteString name = ByteString.ofBytes(new byte[] {'f', (byte) 0xff, '\n', (byte) ('a' + random.nextInt(3))});
        try (Directory root = Directory.open(ByteString.of(context.toString()))) {
            if (root.contains(name)) {
                root.unlink(name);
            } else {
                root.makeSymlink(name, ByteString.ofBytes(content(1 + random.nextInt(9))));
            }
        }
        return context.resolve("odd");
    }

    private byte[] content(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (1 + random.nextInt(255));
        }
        return bytes;
    }

    private Path ignoreFile() throws IOException {
        Path file = context.resolve(".dockerignore");
        var lines = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            lines.append(PATTERNS.get(random.nextInt(PATTERNS.size()))).append('\n');
        }
        return Files.writeString(file, lines);
    }
}
