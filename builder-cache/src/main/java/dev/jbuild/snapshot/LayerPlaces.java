package dev.jbuild.snapshot;

import dev.jbuild.layer.LayerId;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.DirectoryEntry;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.linux.OpenFlag;
import dev.jbuild.state.Committer;
import dev.jbuild.state.Pending;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the forms of each layer are now: in `layers/`, or still in the process directory.
///
/// The lock of the map is held while a form is opened and while a birth is renamed, so a descriptor is never
/// missed; once open it does not care where its file is.
final class LayerPlaces {
    private final StateDirectory state;
    private final Committer committer;

    /// Directories of the process directory that were not yet moved, oldest first. Each holds some forms.
    private final Map<LayerId, List<ByteString>> births = new HashMap<>();

    /// How many wait for paths not to change.
    private int pins;

    LayerPlaces(StateDirectory state, Committer committer) {
        this.state = state;
        this.committer = committer;
    }

    /// {@return a form of the layer; the caller closes it; null when it is not there}
    @Nullable
    Fd open(LayerId id, ByteString form, OpenFlag... flags) throws IOException {
        return open(id, form, (parent, name) -> parent.openFile(name, flags));
    }

    /// {@return a form that is a directory; the caller closes it; null when it is not there}
    @Nullable
    Directory openDirectory(LayerId id, ByteString form) throws IOException {
        return open(id, form, Directory::openDirectory);
    }

    /// Before a layer is looked for, so that nobody collects what is found.
    private void hold(LayerId id) throws IOException {
        if (state.leases().hold(StateDirectory.layer(id))) {
            state.touch(StateDirectory.layer(id).resolve(LayerFiles.INDEX));
        }
    }

    private <F extends Fd> @Nullable F open(LayerId id, ByteString form, Opening<F> opening) throws IOException {
        hold(id);
        synchronized (births) {
            for (ByteString birth : births.getOrDefault(id, List.of())) {
                F found = tryOpen(state.processDirectory().directory(), birth.resolve(form), opening);
                if (found != null) {
                    return found;
                }
            }
            return tryOpen(state.directory(), StateDirectory.layer(id).resolve(form), opening);
        }
    }

    /// How a form is opened.
    @FunctionalInterface
    private interface Opening<F extends Fd> {
        F open(Directory parent, ByteString name) throws IOException;
    }

    private static <F extends Fd> @Nullable F tryOpen(Directory directory, ByteString name, Opening<F> opening)
            throws IOException {
        try {
            return opening.open(directory, name);
        } catch (LinuxException failure) {
            if (failure.is(Errno.ENOENT) || failure.is(Errno.ELOOP)) {
                return null;
            }
            throw failure;
        }
    }

    /// Keeps every path as it is until [#unpin()].
    void pin() {
        synchronized (births) {
            pins++;
        }
    }

    void unpin() {
        synchronized (births) {
            pins--;
            births.notifyAll();
        }
    }

    private void awaitUnpinned() throws IOException {
        try {
            while (pins > 0) {
                births.wait();
            }
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for mounts", unexpected);
        }
    }

    /// {@return the path of a form, relative to the state directory; null when it is not there} To be asked while
    /// pinned.
    @Nullable
    ByteString path(LayerId id, ByteString form) throws IOException {
        hold(id);
        synchronized (births) {
            for (ByteString birth : births.getOrDefault(id, List.of())) {
                ByteString path = state.processDirectory().path().resolve(birth).resolve(form);
                if (state.directory().contains(path)) {
                    return path;
                }
            }
            ByteString path = StateDirectory.layer(id).resolve(form);
            return state.directory().contains(path) ? path : null;
        }
    }

    boolean has(LayerId id, ByteString form) throws IOException {
        try (Fd file = open(id, form, OpenFlag.PATH)) {
            return file != null;
        }
    }

    /// Takes over a directory of the process directory that holds forms of the layer. They can be opened from now
    /// on, and are moved with the next group; a form that is there already is not replaced.
    ///
    /// @param settled run when the group is over
    void adopt(LayerId id, ByteString birth, Runnable settled) {
        synchronized (births) {
            births.computeIfAbsent(id, key -> new ArrayList<>()).add(birth);
        }
        committer.add(new PendingLayer(id, birth, settled));
    }

    /// Takes a damaged layer out of the way, so that it is made or fetched again.
    void setAside(LayerId id) throws IOException {
        synchronized (births) {
            awaitUnpinned();
            births.remove(id);
            Directory target = state.processDirectory().directory();
            try {
                state.directory()
                        .rename(
                                StateDirectory.layer(id),
                                target,
                                state.processDirectory().newName(),
                                Directory.Rename.NO_REPLACE);
            } catch (LinuxException failure) {
                if (!failure.is(Errno.ENOENT)) {
                    throw failure;
                }
            }
        }
    }

    private final class PendingLayer implements Pending {
        private final LayerId id;
        private final ByteString birth;
        private final Runnable settled;

        PendingLayer(LayerId id, ByteString birth, Runnable settled) {
            this.id = id;
            this.birth = birth;
            this.settled = settled;
        }

        @Override
        public Order order() {
            return Order.OBJECT;
        }

        @Override
        public void publish() throws IOException {
            synchronized (births) {
                awaitUnpinned();
                List<ByteString> all = births.getOrDefault(id, List.of());
                if (!all.contains(birth)) {
                    return; // It was set aside meanwhile.
                }
                Directory source = state.processDirectory().directory();
                if (!tryRename(source, birth, StateDirectory.layer(id))) {
                    addForms(source);
                }
                all.remove(birth);
                if (all.isEmpty()) {
                    births.remove(id);
                }
            }
        }

        /// The layer is there already: it gets what it lacks. What is left stays until the process ends, because
        /// somebody may have it mounted.
        private void addForms(Directory source) throws IOException {
            try (Directory forms = source.openDirectory(birth)) {
                for (DirectoryEntry form : forms.entries()) {
                    boolean ignored = tryRename(
                            forms, form.name(), StateDirectory.layer(id).resolve(form.name()));
                }
            }
        }

        private boolean tryRename(Directory source, ByteString name, ByteString target) throws IOException {
            try {
                source.rename(name, state.directory(), target, Directory.Rename.NO_REPLACE);
                return true;
            } catch (LinuxException failure) {
                if (failure.is(Errno.EEXIST)) {
                    return false;
                }
                throw failure;
            }
        }

        @Override
        public void settled(@Nullable IOException failure) {
            settled.run();
        }
    }
}
