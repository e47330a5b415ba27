package dev.jbuild.git;

import dev.jbuild.linux.Fd;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.internal.storage.dfs.DfsInserter;
import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase;
import org.eclipse.jgit.internal.storage.dfs.DfsOutputStream;
import org.eclipse.jgit.internal.storage.dfs.DfsPackDescription;
import org.eclipse.jgit.internal.storage.dfs.DfsPackParser;
import org.eclipse.jgit.internal.storage.dfs.DfsReaderOptions;
import org.eclipse.jgit.internal.storage.dfs.DfsRepository;
import org.eclipse.jgit.internal.storage.dfs.ReadableChannel;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.jspecify.annotations.Nullable;

/// The packs of a [ScratchRepository]: what a server sent, checked while it came in.
final class ScratchPacks extends DfsObjDatabase {
    /// JGit keeps blocks of all packs of a process in one cache, by name.
    private static final AtomicLong NAMES = new AtomicLong();

    private final GitAccess access;
    private final List<DfsPackDescription> committed = new ArrayList<>();
    private final Map<String, Fd> files = new HashMap<>();
    private Set<ObjectId> shallow = Set.of();

    ScratchPacks(DfsRepository repository, GitAccess access) {
        super(repository, new DfsReaderOptions());
        this.access = access;
    }

    @Override
    public Set<ObjectId> getShallowCommits() {
        return shallow;
    }

    @Override
    public void setShallowCommits(Set<ObjectId> commits) {
        shallow = Set.copyOf(commits);
    }

    @Override
    public long getApproximateObjectCount() {
        return committed.stream().mapToLong(DfsPackDescription::getObjectCount).sum();
    }

    @Override
    protected DfsPackDescription newPack(PackSource source) {
        return new DfsPackDescription(getRepository().getDescription(), "pack-" + NAMES.incrementAndGet(), source);
    }

    @Override
    protected void commitPackImpl(
            Collection<DfsPackDescription> added, @Nullable Collection<DfsPackDescription> replaced) {
        committed.addAll(added);
        if (replaced != null) {
            committed.removeAll(replaced);
        }
        clearCache();
    }

    @Override
    protected void rollbackPack(Collection<DfsPackDescription> packs) {
        // The files are closed with all others.
    }

    @Override
    protected List<DfsPackDescription> listPacks() {
        return List.copyOf(committed);
    }

    @Override
    protected ReadableChannel openFile(DfsPackDescription pack, PackExt part) throws IOException {
        @Nullable Fd file = files.get(pack.getFileName(part));
        if (file == null) {
            throw new FileNotFoundException(pack.getFileName(part));
        }
        return new Channel(file);
    }

    @Override
    protected DfsOutputStream writeFile(DfsPackDescription pack, PackExt part) throws IOException {
        Fd file = access.space().create();
        @Nullable Fd before = files.put(pack.getFileName(part), file);
        if (before != null) {
            before.close();
        }
        return new Output(file, access.limits().packBytes());
    }

    @Override
    public ObjectInserter newInserter() {
        return new Inserter(this);
    }

    @Override
    public void close() {
        super.close();
        files.values().forEach(Fd::close);
        files.clear();
        committed.clear();
    }

    private static final class Output extends DfsOutputStream {
        private final Fd file;
        private final long limit;
        private long size;

        Output(Fd file, long limit) {
            this.file = file;
            this.limit = limit;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (size + length > limit) {
                throw GitLimits.exceeded("a pack of " + (size + length) + " bytes", limit);
            }
            file.writeAt(size, bytes, offset, length);
            size += length;
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            return ScratchPacks.read(file, position, target);
        }
    }

    private static int read(Fd file, long position, ByteBuffer target) throws IOException {
        int count = file.readAt(position, target.array(), target.arrayOffset() + target.position(), target.remaining());
        if (count > 0) {
            target.position(target.position() + count);
        }
        return count;
    }

    private static final class Channel implements ReadableChannel {
        private final Fd file;
        private long position;
        private boolean open = true;

        Channel(Fd file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int count = ScratchPacks.read(file, position, target);
            position += Math.max(count, 0);
            return count;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void position(long to) {
            position = to;
        }

        @Override
        public long size() throws IOException {
            return file.status().size();
        }

        @Override
        public int blockSize() {
            return 0;
        }

        @Override
        public void setReadAheadBytes(int bytes) {
            // The kernel reads ahead by itself.
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            // The file is closed with the repository.
            open = false;
        }
    }

    private final class Inserter extends DfsInserter {
        Inserter(ScratchPacks packs) {
            super(packs);
        }

        @Override
        public DfsPackParser newPackParser(InputStream in) {
            return new BoundedParser(ScratchPacks.this, this, in, access.limits());
        }
    }

    private static final class BoundedParser extends DfsPackParser {
        private final GitLimits limits;
        private long inflated;

        BoundedParser(ScratchPacks packs, DfsInserter inserter, InputStream in, GitLimits limits) {
            super(packs, inserter, in);
            this.limits = limits;
            setMaxObjectSizeLimit(limits.fileBytes());
        }

        @Override
        protected void onPackHeader(long objects) throws IOException {
            // Before room for them is made.
            if (objects > limits.objects()) {
                throw GitLimits.exceeded("a pack of " + objects + " objects", limits.objects());
            }
            super.onPackHeader(objects);
        }

        @Override
        protected void onBeginWholeObject(long position, int type, long size) throws IOException {
            count(size);
            super.onBeginWholeObject(position, type, size);
        }

        @Override
        protected void onInflatedObjectData(PackedObjectInfo object, int type, byte[] content) throws IOException {
            count(content.length);
            super.onInflatedObjectData(object, type, content);
        }

        private void count(long bytes) {
            inflated += bytes;
            if (inflated > limits.inflatedBytes()) {
                throw GitLimits.exceeded("objects of more than " + inflated + " bytes", limits.inflatedBytes());
            }
        }
    }
}
