package dev.jbuild.state;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A file that replaces whatever has its name.
final class PendingFile implements Pending {
    private final StateDirectory state;
    private final Order order;
    private final ByteString birth;
    private final ByteString path;
    private final Consumer<@Nullable IOException> settled;

    PendingFile(
            StateDirectory state,
            Order order,
            ByteString birth,
            ByteString path,
            Consumer<@Nullable IOException> settled) {
        this.state = state;
        this.order = order;
        this.birth = birth;
        this.path = path;
        this.settled = settled;
    }

    @Override
    public Order order() {
        return order;
    }

    @Override
    public void publish() throws IOException {
        state.rename(state.processDirectory().directory(), birth, path, Directory.Rename.REPLACE);
    }

    @Override
    public void settled(@Nullable IOException failure) {
        settled.accept(failure);
    }
}
