package dev.jbuild.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.image.ReferenceFiles;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.OciJson;
import dev.jbuild.remote.FileAddress;
import dev.jbuild.remote.RemoteFile;
import dev.jbuild.remote.Validators;
import dev.jbuild.state.Committer;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// What files behind URLs were when they were last downloaded, so that a server need not send them again. Addresses are
/// not written down, since some hold a password.
public final class DownloadMemo {
    private static final String KIND = "download";

    private final ReferenceFiles files;

    public DownloadMemo(StateDirectory state, Committer committer) {
        this.files = new ReferenceFiles(state, committer, KIND);
    }

    /// {@return what a file was when it was last downloaded, if it was}
    public Optional<RemoteFile> find(FileAddress address) throws IOException {
        return files.read(name(address), DownloadMemo::parse);
    }

    public void put(FileAddress address, RemoteFile file) throws IOException {
        ObjectNode object = OciJson.newObject();
        Validators validators = file.validators();
        if (validators.etag() != null) {
            object.put("etag", validators.etag());
        }
        if (validators.lastModified() != null) {
            object.put("lastModified", validators.lastModified());
        }
        object.put("contentDigest", file.contentDigest().toString());
        object.put("size", file.size());
        object.put("modified", file.modified().toString());
        files.write(name(address), object);
    }

    private static String name(FileAddress address) {
        return address.identity().toString();
    }

    private static RemoteFile parse(JsonFields fields) {
        Instant modified = ReferenceFiles.time(fields, "modified");
        return new RemoteFile(
                new Validators(fields.optionalString("etag"), fields.optionalString("lastModified")),
                Digest.parse(fields.string("contentDigest")),
                fields.number("size", 0, Long.MAX_VALUE),
                modified);
    }
}
