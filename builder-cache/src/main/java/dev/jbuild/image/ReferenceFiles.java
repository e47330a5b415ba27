package dev.jbuild.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.blob.SealedJson;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.DirectoryEntry;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.oci.OciJson;
import dev.jbuild.state.Committer;
import dev.jbuild.state.Pending;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The files under `refs/` of one kind: JSON objects that repeat kind and name, since the file name is only a hash.
/// What cannot be read is as if it were not there.
public final class ReferenceFiles {
    static final int VERSION = 1;
    private static final ByteString DIRECTORY = ByteString.of("refs");

    private final StateDirectory state;
    private final Committer committer;
    private final String kind;
    private final Map<String, byte[]> pending = new ConcurrentHashMap<>();

    /// Both are used, none is owned.
    ///
    /// @param kind of what is kept; names are apart by kind
    public ReferenceFiles(StateDirectory state, Committer committer, String kind) {
        this.state = state;
        this.committer = committer;
        this.kind = kind;
    }

    /// Remembers something under a name, in place of what was there.
    ///
    /// @param content gets `v`, `kind` and `name` too
    public void write(String name, ObjectNode content) throws IOException {
        content.put("v", VERSION);
        content.put("kind", kind);
        content.put("name", name);
        byte[] json = SealedJson.print(content);
        pending.put(name, json);
        committer.addFile(Pending.Order.RECORD, path(name), json, failure -> {
            if (failure == null) {
                boolean ignored = pending.remove(name, json);
            }
        });
    }

    /// {@return what was written under a name, if that can be read}
    ///
    /// @param parser may throw what parsing throws
    public <T> Optional<T> read(String name, Function<JsonFields, T> parser) throws IOException {
        byte[] json = pending.get(name);
        if (json == null) {
            json = state.read(path(name), OciJson.MAX_DOCUMENT_SIZE);
            if (json != null) {
                state.touch(path(name));
            }
        }
        return parse(json, parser).filter(named -> named.name().equals(name)).map(Named::value);
    }

    <T> SortedMap<String, T> list(Function<JsonFields, T> parser) throws IOException {
        var found = new TreeMap<String, T>();
        try (Directory directory = state.directory().openDirectory(DIRECTORY)) {
            for (DirectoryEntry entry : directory.entries()) {
                Optional<Named<T>> named =
                        parse(state.read(DIRECTORY.resolve(entry.name()), OciJson.MAX_DOCUMENT_SIZE), parser);
                named.ifPresent(one -> found.put(one.name(), one.value()));
            }
        }
        return found;
    }

    boolean remove(String name) throws IOException {
        try {
            state.directory().unlink(path(name));
            return true;
        } catch (LinuxException failure) {
            if (failure.is(Errno.ENOENT)) {
                return false;
            }
            throw failure;
        }
    }

    private ByteString path(String name) {
        return path(kind, name);
    }

    static ByteString path(String kind, String name) {
        return StateDirectory.reference(kind + " " + name);
    }

    private record Named<T>(String name, T value) {}

    private <T> Optional<Named<T>> parse(byte @Nullable [] json, Function<JsonFields, T> parser) {
        if (json == null) {
            return Optional.empty();
        }
        try {
            JsonFields fields = JsonFields.of("reference", SealedJson.parse("reference", json));
            boolean ours = fields.number("v", 0, Long.MAX_VALUE) == VERSION
                    && fields.string("kind").equals(kind);
            return ours ? Optional.of(new Named<>(fields.string("name"), parser.apply(fields))) : Optional.empty();
        } catch (MalformedImageException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /// {@return a time that has to be there}
    public static Instant time(JsonFields fields, String name) {
        Instant time = fields.optionalTime(name);
        if (time == null) {
            throw new IllegalArgumentException("no time '" + name + "'");
        }
        return time;
    }
}
