package dev.jbuild.copy;

import dev.jbuild.context.LexicalPath;
import dev.jbuild.layer.FileTree;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.PathResolver;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import dev.jbuild.user.Owner;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One COPY or ADD being written into a draft, source after source.
final class CopyRun {
    private static final int INLINE_MODE = 0644;
    private static final int MADE_DIRECTORY_MODE = 0755;

    private final CopyRequest request;
    private final CopyRules rules;
    private final LayerDraft draft;
    private final ArchiveSpace space;
    private final List<ArchiveSpool> spools = new ArrayList<>();
    private final List<CopyWarning> warnings = new ArrayList<>();
    private final boolean namesDirectory;
    private final ByteString destination;

    CopyRun(CopyRequest request, LayerDraft draft, ArchiveSpace space) {
        this.request = request;
        this.rules = request.rules();
        this.draft = draft;
        this.space = space;
        ByteString written = request.destination();
        this.namesDirectory = namesDirectory(written);
        this.destination = LexicalPath.isAbsolute(written)
                ? written
                : request.workingDirectory().resolve(written);
    }

    void run() throws IOException {
        List<CopyItem> items = CopyItem.of(request);
        for (CopyItem item : items) {
            switch (item) {
                case CopyItem.Found found when found.match().entry().isDirectory() -> copyContents(found);
                case CopyItem.Found found when isArchive(found) -> unpack(found);
                case CopyItem.Found found -> copyFile(found, items.size() > 1);
                case CopyItem.Text text -> writeInline(text.inline(), items.size() > 1);
            }
        }
    }

    List<CopyWarning> warnings() {
        return warnings;
    }

    /// {@return what holds the files of archives; the caller closes it}
    List<ArchiveSpool> spools() {
        return spools;
    }

    private static boolean namesDirectory(ByteString path) {
        ByteString last = path.name();
        return last.isEmpty() || last.equals(ByteString.of(".")) || last.equals(ByteString.of(".."));
    }

    private void copyFile(CopyItem.Found found, boolean oneOfMany) throws IOException {
        ByteString name = found.match().path().name();
        ByteString path = namesDirectory || isDirectory(target()) ? inDirectory(name) : alone(oneOfMany);
        copyEntry(found, found.match().entry(), path);
    }

    private void writeInline(CopySource.Inline inline, boolean oneOfMany) throws IOException {
        boolean into = namesDirectory || oneOfMany || isDirectory(target());
        ByteString path = into ? inDirectory(inline.name()) : alone(false);
        refuseDirectory(path);
        ByteString content = inline.content();
        Owner owner = rules.ownerOfMade();
        LayerEntry file = LayerEntry.file(
                        path,
                        rules.mode(INLINE_MODE, false),
                        request.created(),
                        content.length(),
                        Digest.ofBytes(content.toBytes()))
                .withOwner(owner.userId(), owner.groupId());
        draft.putFile(file, new Origin.Inline(content), null);
    }

    private ByteString target() throws IOException {
        return PathResolver.resolve(draft, destination, true);
    }

    private ByteString inDirectory(ByteString name) throws IOException {
        ByteString directory = target();
        makeDirectories(directory);
        return directory.resolve(name);
    }

    private ByteString alone(boolean oneOfMany) throws IOException {
        if (oneOfMany) {
            throw new CopyException(
                    "when using COPY with more than one source file, the destination must be a directory"
                            + " and end with a /: write '" + request.destination() + "/'");
        }
        ByteString path = target();
        makeDirectories(path.parent());
        return path;
    }

    private void makeDirectories(ByteString path) throws IOException {
        ByteString blocked = draft.makeDirectories(path, rules.ownerOfMade(), request.created());
        if (blocked != null) {
            throw new CopyException("cannot copy to non-directory: /" + blocked);
        }
    }

    /// The contents of a directory go into the destination; the directory itself is only what holds them.
    private void copyContents(CopyItem.Found found) throws IOException {
        ByteString directory = target();
        if (!isDirectory(directory)) {
            makeDirectories(directory);
            LayerEntry made = draft.find(directory);
            if (made != null) {
                draft.put(made.withMode(rules.mode(MADE_DIRECTORY_MODE, true)));
            }
        }
        FileTree files = found.match().files();
        ByteString source = found.match().entry().path();
        Deque<ByteString> pending = new ArrayDeque<>(List.of(source));
        while (!pending.isEmpty()) {
            for (LayerEntry child : files.children(pending.pop())) {
                ByteString below =
                        source.isEmpty() ? child.path() : child.path().substring(source.length() + 1);
                ByteString path = directory.resolve(below);
                if (child.isDirectory()) {
                    copyDirectory(child, path);
                    pending.push(child.path());
                } else {
                    copyEntry(found, child, path);
                }
            }
        }
    }

    private boolean isArchive(CopyItem.Found found) throws IOException {
        LayerEntry file = found.match().entry();
        return found.unpack()
                && file.isFile()
                && Archive.is(found.tree(), hashed(found.tree().files(), file));
    }

    /// An archive is unpacked as if by a tar that runs with the image as its root: what is in the way is removed, and
    /// links of the image lead on. Modes stay as they are.
    private void unpack(CopyItem.Found found) throws IOException {
        ByteString directory = target();
        makeDirectories(directory);
        var spool = new ArchiveSpool(space.create());
        spools.add(spool);
        Archive archive = Archive.read(found.tree(), found.match().entry(), spool);
        for (String warning : archive.warnings()) {
            warnings.add(
                    new CopyWarning(CopyWarning.Kind.ARCHIVE, archive.tree().description() + ": " + warning));
        }
        for (LayerEntry entry : archive.entries()) {
            if (!entry.path().isEmpty()) {
                unpackEntry(new CopyItem.Found(archive.tree(), found.match(), false), entry, directory);
            }
        }
    }

    private void unpackEntry(CopyItem.Found archive, LayerEntry entry, ByteString directory) throws IOException {
        ByteString parent =
                PathResolver.resolve(draft, directory.resolve(entry.path().parent()), true);
        makeDirectories(parent);
        ByteString path = parent.resolve(entry.path().name());
        LayerEntry existing = draft.find(path);
        boolean merged = existing != null && existing.isDirectory() && entry.isDirectory();
        if (existing != null && !merged) {
            draft.clear(path);
        }
        LayerEntry unpacked = rules.owned(entry.withPath(path));
        if (entry.isFile()) {
            draft.putFile(unpacked, new Origin.FromTree(archive.tree(), entry), FileIdentity.of(archive, entry));
        } else {
            merge(merged ? existing : null, unpacked);
        }
    }

    private void copyDirectory(LayerEntry source, ByteString path) throws IOException {
        LayerEntry existing = draft.find(path);
        if (existing != null && !existing.isDirectory()) {
            throw new CopyException("cannot copy to non-directory: /" + path);
        }
        merge(existing, rules.copied(source, path).withMode(rules.mode(source.mode(), true)));
    }

    /// A directory that is there gets the attributes of the new one besides its own.
    private void merge(@Nullable LayerEntry existing, LayerEntry directory) {
        if (existing == null || existing.xattrs().isEmpty()) {
            draft.put(directory);
        } else {
            draft.put(directory.withXattrs(united(existing.xattrs(), directory.xattrs())));
        }
    }

    private void copyEntry(CopyItem.Found found, LayerEntry source, ByteString path) throws IOException {
        refuseDirectory(path);
        switch (source.type()) {
            case FILE -> {
                LayerEntry hashed = hashed(found.tree().files(), source);
                LayerEntry copied = rules.copied(hashed, path).withMode(rules.mode(hashed.mode(), false));
                draft.putFile(copied, new Origin.FromTree(found.tree(), hashed), FileIdentity.of(found, hashed));
            }
            case SYMLINK -> draft.put(rules.copied(source, path));
            case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO ->
                draft.put(rules.copied(source, path).withMode(rules.mode(source.mode(), false)));
            case DIRECTORY, WHITEOUT -> throw new IllegalStateException("no single file: '" + source.path() + "'");
        }
    }

    /// {@return the file as it is when its bytes are known: one of a context may have changed since it was listed}
    private static LayerEntry hashed(FileTree files, LayerEntry file) throws IOException {
        Digest contentDigest = files.contentDigest(file);
        LayerEntry current = files.find(file.path());
        if (current == null || !current.isFile()) {
            throw new IllegalStateException("'" + file.path() + "' went away");
        }
        return current.withContent(current.size(), contentDigest);
    }

    private void refuseDirectory(ByteString path) throws IOException {
        if (isDirectory(path)) {
            throw new CopyException("cannot replace to directory /" + path + " with file");
        }
    }

    private boolean isDirectory(ByteString path) throws IOException {
        LayerEntry existing = draft.find(path);
        return existing != null && existing.isDirectory();
    }

    private static SortedMap<ByteString, ByteString> united(
            SortedMap<ByteString, ByteString> existing, SortedMap<ByteString, ByteString> copied) {
        var united = new TreeMap<>(existing);
        united.putAll(copied);
        return united;
    }
}
