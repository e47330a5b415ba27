package dev.jbuild.state;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Something born in a [ProcessDirectory] that waits for the [Committer] to move it to its place.
public interface Pending {
    /// When it is moved.
    enum Order {
        /// First: it names nothing else.
        OBJECT,
        /// After the objects are durable in their places: it names some of them.
        RECORD
    }

    Order order();

    /// Renames it to its place. Its content is already durable.
    void publish() throws IOException;

    /// Its group is over: called once, on the committer's thread.
    ///
    /// @param failure null when it is durable in its place; otherwise it is not, and stays usable only by this
    ///     process
    void settled(@Nullable IOException failure);
}
