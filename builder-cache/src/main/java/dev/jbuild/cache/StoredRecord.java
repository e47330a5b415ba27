package dev.jbuild.cache;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.FileStatus;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.oci.OciJson;
import dev.jbuild.state.Area;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A cache record as it lies in the store.
///
/// @param record nothing when it cannot be read
/// @param later whether a later version wrote it, which is why it cannot be read
/// @param bytes on the disk
/// @param lastUsed when it was last a hit, within a minute
public record StoredRecord(ByteString path, Optional<CacheRecord> record, boolean later, long bytes, Instant lastUsed) {
    /// {@return all records that are durable, by their keys}
    public static List<StoredRecord> list(StateDirectory state) throws IOException {
        List<StoredRecord> records = new ArrayList<>();
        for (ByteString directory : Area.KEYS.list(state)) {
            for (ByteString path : Area.list(state, directory)) {
                byte[] json = state.read(path, OciJson.MAX_DOCUMENT_SIZE);
                FileStatus status = Area.find(state, path);
                if (status != null) {
                    records.add(new StoredRecord(
                            path,
                            json == null ? Optional.empty() : parse(path, json),
                            json != null && isLater(json),
                            status.diskBytes(),
                            Instant.ofEpochSecond(status.mtimeSeconds())));
                }
            }
        }
        return records;
    }

    private static Optional<CacheRecord> parse(ByteString path, byte[] json) {
        try {
            return CacheRecord.parse(new CacheKey(path.name().toString()), json);
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    private static boolean isLater(byte[] json) {
        try {
            return JsonFields.of("cache record", OciJson.parse("cache record", json))
                            .number("v", 0, Long.MAX_VALUE)
                    > CacheRecord.VERSION;
        } catch (MalformedImageException damaged) {
            return false;
        }
    }
}
