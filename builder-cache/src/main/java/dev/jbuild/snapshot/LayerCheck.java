package dev.jbuild.snapshot;

import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.oci.OciJson;
import dev.jbuild.state.Area;
import dev.jbuild.state.StateDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks for damage in one layer, and takes what is damaged out of the way.
final class LayerCheck {
    private static final ByteString JSON = ByteString.of(".json");

    private final LayerFiles files;
    private final LayerId id;
    private final List<String> problems = new ArrayList<>();

    private LayerCheck(LayerFiles files, LayerId id) {
        this.files = files;
        this.id = id;
    }

    /// {@return what was wrong}
    ///
    /// @param deep whether every byte is read
    static List<String> check(LayerFiles files, LayerId id, boolean deep) throws IOException {
        var check = new LayerCheck(files, id);
        String damage = check.damage(deep);
        if (damage != null) {
            files.setAside(id);
            check.problems.add(damage + "; the layer is set aside, the next build that needs it makes it again");
        }
        return check.problems;
    }

    /// {@return why the layer as a whole is no good; null when it is}
    private @Nullable String damage(boolean deep) throws IOException {
        byte[] encoded = files.read(id, LayerFiles.INDEX, Integer.MAX_VALUE - 8);
        LayerIndex index = encoded == null ? null : LayerFiles.decode(id, encoded);
        if (index == null) {
            return encoded == null ? "has no index" : "its index is damaged";
        }
        removeDamagedNotes();
        boolean tree = files.has(id, LayerFiles.TREE);
        boolean tar = files.has(id, LayerFiles.TAR);
        if (!tree && !tar && !files.has(id, LayerFiles.ORIGIN)) {
            return "holds no bytes";
        }
        if (!deep) {
            return null;
        }
        try {
            LayerEntry inTar = tar ? LayerVerifier.firstDamaged(index, new TarContents(files, index)) : null;
            if (inTar != null) {
                return "its tar is damaged at '/" + inTar.path() + "'";
            }
            return tree ? damageOfTree(index) : null;
        } catch (IOException unreadable) {
            return "cannot be read: " + unreadable.getMessage();
        }
    }

    private @Nullable String damageOfTree(LayerIndex index) throws IOException {
        try (Directory tree = files.openDirectory(id, LayerFiles.TREE)) {
            ByteString path = TreeCheck.firstDamaged(index, tree);
            if (path != null) {
                return "its tree is not as its index says at '/" + path + "'";
            }
        }
        var contents = new TreeContents(() -> files.openDirectory(id, LayerFiles.TREE));
        LayerEntry damaged = LayerVerifier.firstDamaged(index, contents);
        return damaged == null ? null : "its tree is damaged at '/" + damaged.path() + "'";
    }

    private void removeDamagedNotes() throws IOException {
        StateDirectory state = files.state();
        for (ByteString note : Area.list(state, StateDirectory.layer(id))) {
            if (note.endsWith(JSON) && !LayerNotes.isWhole(id, state.read(note, OciJson.MAX_DOCUMENT_SIZE))) {
                boolean ignored = state.removeFile(note);
                problems.add("its " + note.name() + " is damaged, and removed");
            }
        }
    }
}
