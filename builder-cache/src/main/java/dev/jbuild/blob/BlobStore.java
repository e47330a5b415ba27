package dev.jbuild.blob;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.Fd;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.linux.OpenFlag;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.MediaType;
import dev.jbuild.state.Committer;
import dev.jbuild.state.Pending;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The blobs of the state directory.
///
/// What is put here can be read by this process at once and by others when its group is committed
/// ([Committer#flush()]). A nil result of a put means that the content is stored, not that this call stored it.
/// What turns out to be damaged is removed, so that it is made or fetched again.
public final class BlobStore {
    private final StateDirectory state;
    private final Committer committer;

    /// Where blobs are in the process directory that were not yet moved; also the lock of moving and opening.
    private final Map<Digest, ByteString> births = new HashMap<>();

    /// @param state not owned
    /// @param committer not owned
    public BlobStore(StateDirectory state, Committer committer) {
        this.state = state;
        this.committer = committer;
    }

    /// {@return whether the blob is here, with the right size; its content is not looked at}
    public boolean contains(Descriptor descriptor) throws IOException {
        try (Fd file = find(descriptor)) {
            return file != null;
        }
    }

    /// Opens a blob. The stream throws [dev.jbuild.oci.CorruptContentException] instead of delivering the last byte
    /// when size or digest is not what `descriptor` says, and the blob is then gone from the store.
    ///
    /// @return the caller closes it; null when the blob is not here
    public @Nullable InputStream open(Descriptor descriptor) throws IOException {
        Fd file = find(descriptor);
        return file == null ? null : new StoredBlobStream(this, descriptor, file);
    }

    /// {@return the file of a blob, not verified; the caller closes it; null when it is not here}
    private @Nullable Fd find(Descriptor descriptor) throws IOException {
        Fd file = openFile(descriptor.digest());
        if (file == null) {
            return null;
        }
        boolean good = false;
        try {
            FileStatus status = file.status();
            good = status.isRegular() && status.size() == descriptor.size();
            if (!good) {
                remove(descriptor.digest());
                return null;
            }
            return file;
        } finally {
            if (!good) {
                file.close();
            }
        }
    }

    private @Nullable Fd openFile(Digest digest) throws IOException {
        // Before it is looked for, so that nobody collects what is found.
        if (state.leases().hold(StateDirectory.blob(digest))) {
            state.touch(StateDirectory.blob(digest));
        }
        synchronized (births) {
            ByteString birth = births.get(digest);
            Directory directory =
                    birth == null ? state.directory() : state.processDirectory().directory();
            ByteString name = birth == null ? StateDirectory.blob(digest) : birth;
            try {
                return directory.openFile(name, OpenFlag.NON_BLOCKING);
            } catch (LinuxException failure) {
                return switch (failure.errno()) {
                    // A link there is not ours.
                    case ENOENT, ELOOP -> null;
                    default -> throw failure;
                };
            }
        }
    }

    /// Stores bytes.
    public Descriptor put(MediaType mediaType, byte[] content) throws IOException {
        var descriptor = Descriptor.of(mediaType, Digest.ofBytes(content), content.length);
        if (!contains(descriptor)) {
            try (BlobWriter writer = create()) {
                writer.write(content);
                Digest ignored = writer.commit();
            }
        }
        return descriptor;
    }

    /// Stores what `source` delivers, when it is what `descriptor` says.
    ///
    /// @param source read to its end, not closed
    /// @throws dev.jbuild.oci.CorruptContentException when it is something else; then nothing is stored
    public void put(Descriptor descriptor, InputStream source) throws IOException {
        try (BlobWriter writer = create();
                var verified = new dev.jbuild.oci.VerifiedInputStream(notClosing(source), descriptor)) {
            long ignored = verified.transferTo(writer);
            Digest stored = writer.commit();
            assert stored.equals(descriptor.digest());
        }
    }

    private static InputStream notClosing(InputStream source) {
        return new java.io.FilterInputStream(source) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return in.read(target, offset, length);
            }

            @Override
            public void close() {
                // It belongs to the caller.
            }
        };
    }

    /// Starts a blob whose digest is not known yet. Closing without commit leaves no trace.
    ///
    /// @return the caller closes it
    public BlobWriter create() throws IOException {
        Directory directory = state.processDirectory().directory();
        ByteString name = state.processDirectory().newName();
        return new BlobWriter(this, directory, name, directory.createFile(name, 0600));
    }

    /// Takes over the finished file `birth` of the process directory.
    void adopt(Digest digest, ByteString birth) throws IOException {
        boolean ignored = state.leases().hold(StateDirectory.blob(digest));
        synchronized (births) {
            births.put(digest, birth);
        }
        committer.add(new PendingBlob(digest, birth));
    }

    /// Removes a blob that was found to be damaged, so that it is made or fetched again.
    void remove(Digest digest) throws IOException {
        synchronized (births) {
            if (births.remove(digest) != null) {
                return;
            }
            ByteString path = StateDirectory.blob(digest);
            ByteString aside = state.processDirectory().newName();
            try {
                state.directory()
                        .rename(path, state.processDirectory().directory(), aside, Directory.Rename.NO_REPLACE);
            } catch (LinuxException failure) {
                if (!failure.is(Errno.ENOENT)) {
                    throw failure;
                }
            }
        }
    }

    private final class PendingBlob implements Pending {
        private final Digest digest;
        private final ByteString birth;

        PendingBlob(Digest digest, ByteString birth) {
            this.digest = digest;
            this.birth = birth;
        }

        @Override
        public Order order() {
            return Order.OBJECT;
        }

        /// Ours replaces one that is there: it is the same, or damaged.
        @Override
        public void publish() throws IOException {
            synchronized (births) {
                state.rename(
                        state.processDirectory().directory(),
                        birth,
                        StateDirectory.blob(digest),
                        Directory.Rename.REPLACE);
                births.remove(digest, birth);
            }
        }

        @Override
        public void settled(@Nullable IOException failure) {
            // One that could not be moved stays readable where it was born.
        }
    }
}
