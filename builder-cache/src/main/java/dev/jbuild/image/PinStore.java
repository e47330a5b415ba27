package dev.jbuild.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.blob.DescriptorJson;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.JsonFields;
import dev.jbuild.oci.OciJson;
import dev.jbuild.state.Committer;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// What names of base images were when a registry was last asked, so that it need not be asked again.
public final class PinStore {
    static final String KIND = "pin";

    private final ReferenceFiles files;

    public PinStore(StateDirectory state, Committer committer) {
        this.files = new ReferenceFiles(state, committer, KIND);
    }

    /// {@return what a name was when it was last asked for, if it was}
    ///
    /// @param name as [dev.jbuild.oci.ImageReference] writes it
    public Optional<Pin> find(String name) throws IOException {
        return files.read(name, PinStore::parse);
    }

    public void put(String name, Pin pin) throws IOException {
        ObjectNode object = OciJson.newObject();
        object.set("root", DescriptorJson.write(pin.root()));
        object.put("resolved", pin.resolved().toString());
        files.write(name, object);
    }

    static Pin parse(JsonFields fields) {
        Descriptor root = DescriptorJson.read(fields.object("root"));
        Instant resolved = ReferenceFiles.time(fields, "resolved");
        return new Pin(root, resolved);
    }
}
