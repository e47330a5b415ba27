import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A program that builds images, with a store of its own that nobody else uses.
sealed interface Builder permits Jbuild, Docker, Buildah {
    String name();

    /// Name and version, as the program tells it.
    String version();

    /// The command that builds `context` into this builder's own store and gives the image a name.
    Command build(Path context, String tag);

    /// Empties the store: no image, no cached step.
    void forget() throws IOException, InterruptedException;

    /// Processes that work for the command outside of it: their memory counts too.
    default List<Long> daemons() {
        return List.of();
    }
}
