package dev.jbuild.copy;

import dev.jbuild.layer.AccountFiles;
import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.FileTree;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.PathResolver;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.user.Owner;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The layer that a COPY, ADD or WORKDIR makes: its entries, and where the bytes of its files come from.
///
/// The entries include every directory on the way to a changed path, with the owner, mode and time that it has in the
/// tree below, so that the layer can be the topmost directory of an overlay. Nothing is read until it is asked for.
///
/// Whoever made it closes it, after the last file was read.
public final class CopyPlan implements FileContents, AutoCloseable {
    private final List<LayerEntry> entries;
    private final Map<ByteString, Origin> origins;
    private final List<ArchiveSpool> spools;
    private final List<CopyWarning> warnings;

    private CopyPlan(LayerDraft draft, List<ArchiveSpool> spools, List<CopyWarning> warnings) throws IOException {
        this.entries = List.copyOf(draft.entries());
        this.origins = Map.copyOf(draft.origins());
        this.spools = List.copyOf(spools);
        this.warnings = List.copyOf(warnings);
    }

    /// {@return the layer that a request makes on top of a tree}
    ///
    /// @param below what the layer lies upon
    /// @param space asked once for each archive that is unpacked
    /// @throws CopyException when it cannot be made
    public static CopyPlan of(CopyRequest request, FileTree below, ArchiveSpace space) throws IOException {
        var draft = new LayerDraft(below);
        var run = new CopyRun(request, draft, space);
        try {
            run.run();
            return new CopyPlan(draft, run.spools(), run.warnings());
        } catch (IOException | RuntimeException failure) {
            run.spools().forEach(ArchiveSpool::close);
            throw failure;
        }
    }

    /// {@return the layer that `WORKDIR` makes: the directory, and those on the way, where there are none yet; no entry
    /// when all are there}
    ///
    /// @param path absolute
    /// @param owner of the directories that are made: the user of the stage
    public static CopyPlan ofWorkingDirectory(ByteString path, Owner owner, Timestamp created, FileTree below)
            throws IOException {
        var draft = new LayerDraft(below);
        ByteString blocked = draft.makeDirectories(PathResolver.resolve(below, path, true), owner, created);
        if (blocked != null) {
            throw new CopyException("cannot make directory " + path + ": /" + blocked + " is not a directory");
        }
        return new CopyPlan(draft, List.of(), List.of());
    }

    /// {@return the entries in byte order of their paths, files with their digests}
    public List<LayerEntry> entries() {
        return entries;
    }

    /// {@return what is odd about archives that were unpacked; [CopyReads] has what is odd about the sources}
    public List<CopyWarning> warnings() {
        return warnings;
    }

    /// {@return where the bytes of a FILE come from}
    public Origin origin(LayerEntry file) {
        Origin origin = origins.get(file.path());
        if (origin == null) {
            throw new IllegalArgumentException("'" + file.path() + "' is no file of this layer");
        }
        return origin;
    }

    @Override
    public InputStream open(LayerEntry file) throws IOException {
        return origin(file).open();
    }

    @Override
    public void close() {
        spools.forEach(ArchiveSpool::close);
    }

    /// {@return the index of the layer} Account files among the entries are read for it.
    public LayerIndex index() throws IOException {
        return LayerIndex.of(
                entries, new AccountFiles(account(AccountFiles.PASSWD_PATH), account(AccountFiles.GROUP_PATH)));
    }

    private @Nullable ByteString account(ByteString path) throws IOException {
        for (LayerEntry entry : entries) {
            boolean kept = entry.isFile() && entry.hardLink() == null && entry.size() <= AccountFiles.MAX_BYTES;
            if (kept && entry.path().equals(path)) {
                try (InputStream bytes = open(entry)) {
                    return ByteString.ofBytes(bytes.readNBytes(AccountFiles.MAX_BYTES));
                }
            }
        }
        return null;
    }
}
