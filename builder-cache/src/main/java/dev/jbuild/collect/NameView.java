package dev.jbuild.collect;

import dev.jbuild.image.ImageLayer;
import dev.jbuild.image.StoredName;
import dev.jbuild.image.StoredNames;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.ImageDocument;
import dev.jbuild.oci.ImageIndex;
import dev.jbuild.oci.Manifest;
import dev.jbuild.oci.OciJson;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The names, and what each leads to.
final class NameView {
    private final StateDirectory state;
    private final List<StoredName> names;
    private final Map<ByteString, List<String>> tagged = new HashMap<>();
    private final Map<ByteString, List<ByteString>> untagged = new HashMap<>();
    private final Map<ByteString, List<String>> bases = new HashMap<>();

    private NameView(StateDirectory state) throws IOException {
        this.state = state;
        this.names = StoredNames.list(state);
    }

    static NameView of(StateDirectory state) throws IOException {
        var view = new NameView(state);
        for (StoredName name : view.names) {
            switch (name) {
                case StoredName.Image image -> view.add(image);
                case StoredName.Base base ->
                    view.addBase(base.name(), base.pin().root());
                case StoredName.Memo _, StoredName.Foreign _, StoredName.Damaged _ -> {}
            }
        }
        return view;
    }

    private void add(StoredName.Image named) {
        List<ByteString> paths = new ArrayList<>();
        paths.add(StateDirectory.blob(named.image().config().digest()));
        for (ImageLayer layer : named.image().layers()) {
            paths.add(StateDirectory.layer(layer.id()));
            if (layer.pulledAs() != null) {
                paths.add(StateDirectory.blob(layer.pulledAs().digest()));
            }
        }
        for (ByteString path : paths) {
            if (named.isTagged()) {
                tagged.computeIfAbsent(path, _ -> new ArrayList<>()).add(named.name());
            } else {
                untagged.computeIfAbsent(path, _ -> new ArrayList<>()).add(named.path());
            }
        }
    }

    private void addBase(String name, Descriptor document) throws IOException {
        ByteString path = StateDirectory.blob(document.digest());
        List<String> owners = bases.computeIfAbsent(path, _ -> new ArrayList<>());
        if (owners.contains(name)) {
            return;
        }
        owners.add(name);
        byte[] json = state.read(path, OciJson.MAX_DOCUMENT_SIZE);
        if (json == null) {
            return;
        }
        try {
            switch (ImageDocument.parse(json, document.mediaType())) {
                case ImageIndex index -> {
                    for (var manifest : index.manifests()) {
                        addBase(name, manifest);
                    }
                }
                case Manifest manifest ->
                    bases.computeIfAbsent(StateDirectory.blob(manifest.config().digest()), _ -> new ArrayList<>())
                            .add(name);
            }
        } catch (dev.jbuild.oci.MalformedImageException damaged) {
            return; // It leads nowhere.
        }
    }

    List<StoredName> names() {
        return names;
    }

    /// {@return the tagged images that need what is at `path`}
    List<String> tagged(ByteString path) {
        return tagged.getOrDefault(path, List.of());
    }

    /// {@return the files of the untagged images that need what is at `path`}
    List<ByteString> untagged(ByteString path) {
        return untagged.getOrDefault(path, List.of());
    }

    /// {@return the names of bases that need what is at `path`}
    List<String> bases(ByteString path) {
        return bases.getOrDefault(path, List.of());
    }
}
