package dev.jbuild.image;

import dev.jbuild.blob.SealedJson;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.MalformedImageException;
import dev.jbuild.oci.OciJson;
import dev.jbuild.state.Area;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Looks at the names that are durable, as they lie there; changes nothing.
public final class StoredNames {
    private StoredNames() {}

    /// {@return all names, images and bases, in the order of their files}
    public static List<StoredName> list(StateDirectory state) throws IOException {
        List<StoredName> names = new ArrayList<>();
        for (ByteString path : Area.REFERENCES.list(state)) {
            byte[] json = state.read(path, OciJson.MAX_DOCUMENT_SIZE);
            if (json != null) {
                names.add(parse(path, json));
            } else if (state.directory().contains(path)) {
                names.add(new StoredName.Damaged(path));
            }
        }
        return names;
    }

    private static StoredName parse(ByteString path, byte[] json) {
        try {
            JsonFields fields = JsonFields.of("reference", SealedJson.parse("reference", json));
            if (fields.number("v", 0, Long.MAX_VALUE) > ReferenceFiles.VERSION) {
                return new StoredName.Foreign(path);
            }
            String name = fields.string("name");
            String kind = fields.string("kind");
            if (!path.equals(ReferenceFiles.path(kind, name))) {
                return new StoredName.Damaged(path);
            }
            return switch (kind) {
                case ImageStore.KIND -> new StoredName.Image(path, name, ImageStore.parse(fields));
                case PinStore.KIND -> new StoredName.Base(path, name, PinStore.parse(fields));
                default -> new StoredName.Memo(path, kind);
            };
        } catch (MalformedImageException | IllegalArgumentException damaged) {
            return new StoredName.Damaged(path);
        }
    }
}
