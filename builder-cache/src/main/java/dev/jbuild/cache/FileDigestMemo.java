package dev.jbuild.cache;

import dev.jbuild.context.DigestMemo;
import dev.jbuild.context.FileFacts;
import dev.jbuild.context.FileKey;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.state.ProcessDirectory;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What is known of the files of one build context, in one file of the state directory.
///
/// A file that is damaged, or of another version, is as if it were not there. It is replaced whole, by the last of
/// those who save; it is not synced, because its own digest tells whether it is whole. Safe for use by several
/// threads.
public final class FileDigestMemo implements DigestMemo {
    /// Files that the last build did not ask for are kept up to this number, for builds that use another part of
    /// the context; a hundred thousand are some 15 MB.
    private static final int MAX_UNUSED = 100_000;

    private static final long MAX_BYTES = 1L << 30;

    private final StateDirectory state;
    private final ByteString path;
    private final Map<ByteString, Known> known;
    private final Set<ByteString> used = ConcurrentHashMap.newKeySet();
    private volatile boolean changed;

    /// What is known of one path.
    record Known(FileKey key, FileFacts facts) {}

    private FileDigestMemo(StateDirectory state, ByteString path, Map<ByteString, Known> known) {
        this.state = state;
        this.path = path;
        this.known = known;
    }

    /// Reads what earlier builds knew.
    ///
    /// @param context the absolute path of the context
    public static FileDigestMemo open(StateDirectory state, ByteString context) throws IOException {
        ByteString path = StateDirectory.contextMemo(context);
        byte[] encoded = state.read(path, MAX_BYTES);
        var known = new ConcurrentHashMap<ByteString, Known>();
        if (encoded != null) {
            state.touch(path);
            for (Known each : MemoFormat.decode(encoded)) {
                known.put(each.key().path(), each);
            }
        }
        return new FileDigestMemo(state, path, known);
    }

    /// {@return whether a file under `context/` is what was written}
    public static boolean isWhole(StateDirectory state, ByteString path) throws IOException {
        byte[] encoded = state.read(path, MAX_BYTES);
        return encoded != null && MemoFormat.isWhole(encoded);
    }

    @Override
    public @Nullable FileFacts find(FileKey key) {
        Known each = known.get(key.path());
        if (each == null || !each.key().equals(key)) {
            return null;
        }
        used.add(key.path());
        return each.facts();
    }

    @Override
    public void store(FileKey key, FileFacts facts) {
        known.put(key.path(), new Known(key, facts));
        used.add(key.path());
        changed = true;
    }

    /// Writes what is known now, when that is more than what was read.
    public void save() throws IOException {
        if (!changed) {
            return;
        }
        changed = false;
        List<Known> kept = new ArrayList<>();
        int unused = 0;
        for (Known each : known.values()) {
            if (used.contains(each.key().path()) || unused++ < MAX_UNUSED) {
                kept.add(each);
            }
        }
        ProcessDirectory process = state.processDirectory();
        ByteString birth = process.newFile(MemoFormat.encode(kept));
        state.rename(process.directory(), birth, path, Directory.Rename.REPLACE);
    }
}
