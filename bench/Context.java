import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// A directory to build, made from a seed: the same seed gives the same names and bytes, another seed other bytes in
/// every file, so that no cache knows any of it.
final class Context {
    private static final int FILES_IN_DIRECTORY = 50;
    /// Source code is about this long; 20,000 of them are 79 MB.
    private static final int MEAN_SIZE = 3950;

    private final Path directory;
    private final Random random;

    private Context(Path directory, long seed) {
        this.directory = directory;
        this.random = new Random(seed);
    }

    /// Makes a new directory with nothing but a Dockerfile.
    static Context create(Path directory, long seed, String dockerfile) throws IOException {
        Files.createDirectory(directory);
        Files.writeString(directory.resolve("Dockerfile"), dockerfile);
        return new Context(directory, seed);
    }

    Path directory() {
        return directory;
    }

    /// Adds files of text, most of them short, in directories of fifty.
    Context withFiles(int count) throws IOException {
        var bytes = new byte[2 * MEAN_SIZE];
        for (int index = 0; index < count; index++) {
            Path file = file(index);
            if (index % FILES_IN_DIRECTORY == 0) {
                Files.createDirectories(file.getParent());
            }
            Files.write(file, text(bytes, random.nextInt(2 * MEAN_SIZE)));
        }
        return this;
    }

    /// Changes one file: other bytes of another length.
    void change(int index) throws IOException {
        Files.writeString(file(index), "changed " + random.nextLong() + "\n", StandardCharsets.UTF_8);
    }

    private Path file(int index) {
        int parent = index / FILES_IN_DIRECTORY;
        return directory.resolve("src/part%02d/dir%03d/file%05d.txt".formatted(parent % 20, parent, index));
    }

    /// Words of a few letters compress about as source code does.
    private byte[] text(byte[] bytes, int size) {
        random.nextBytes(bytes);
        var text = new byte[size];
        for (int index = 0; index < size; index++) {
            int value = bytes[index] & 0xff;
            text[index] = (byte) (value < 40 ? ' ' : value < 46 ? '\n' : 'a' + value % 16);
        }
        return text;
    }
}
