package dev.jbuild.record;

import dev.jbuild.layer.LayerIndex;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.DirectoryEntry;
import dev.jbuild.oci.OciJson;
import dev.jbuild.state.ProcessDirectory;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.util.Optional;

/// The last build of each project, and what steps read.
///
/// Files are replaced whole, by the last who writes, and are not synced: a damaged one is as if it were not there.
public final class BuildRecords {
    private static final long MAX_RECORD_BYTES = 64L << 20;
    private static final long MAX_MANIFEST_BYTES = 1L << 30;

    private final StateDirectory state;

    /// @param state is used, not owned
    public BuildRecords(StateDirectory state) {
        this.state = state;
    }

    /// {@return the last build of a project}
    ///
    /// @param project any text that is the same for two builds of one project and for no others
    public Optional<BuildRecord> last(String project) throws IOException {
        return read(StateDirectory.buildRecord(project));
    }

    /// {@return the build that finished last, of whatever project}
    public Optional<BuildRecord> latest() throws IOException {
        Optional<BuildRecord> latest = Optional.empty();
        try (Directory builds = state.directory().openDirectory(StateDirectory.BUILDS)) {
            for (DirectoryEntry entry : builds.entries()) {
                Optional<BuildRecord> each = read(StateDirectory.BUILDS.resolve(entry.name()));
                if (latest.isEmpty()
                        || (each.isPresent()
                                && each.get().finished().isAfter(latest.get().finished()))) {
                    latest = each;
                }
            }
        }
        return latest;
    }

    private Optional<BuildRecord> read(ByteString path) throws IOException {
        byte[] json = state.read(path, MAX_RECORD_BYTES);
        return json == null ? Optional.empty() : BuildRecord.parse(json);
    }

    /// Remembers a build in place of the one before it.
    public void save(String project, BuildRecord record) throws IOException {
        write(StateDirectory.buildRecord(project), OciJson.print(record.toJson()));
    }

    /// {@return what the step of a key read; nothing when that is not known any more}
    ///
    /// @param key hex digits of a cache key
    public Optional<LayerIndex> reads(String key) throws IOException {
        byte[] encoded = state.read(StateDirectory.readManifest(key), MAX_MANIFEST_BYTES);
        if (encoded == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(LayerIndex.decode(encoded));
        } catch (IOException damaged) {
            // It only makes an explanation shorter; the next run of the step replaces it.
            return Optional.empty();
        }
    }

    /// Remembers what the step of a key read.
    ///
    /// @param reads see [ReadManifest]
    public void saveReads(String key, LayerIndex reads) throws IOException {
        write(StateDirectory.readManifest(key), reads.encode());
    }

    private void write(ByteString path, byte[] content) throws IOException {
        ProcessDirectory process = state.processDirectory();
        ByteString birth = process.newFile(content);
        state.rename(process.directory(), birth, path, Directory.Rename.REPLACE);
    }
}
