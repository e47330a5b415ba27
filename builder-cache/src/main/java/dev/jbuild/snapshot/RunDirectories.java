package dev.jbuild.snapshot;

import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.MergedTree;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Fd;
import java.io.IOException;
import java.util.List;

/// The upper and work directories of one RUN. The upper directory becomes the tree of the step's layer.
///
/// The stack below is mounted under them by the sandbox. Closing without [LayerStore#commitRun] removes them.
public final class RunDirectories implements AutoCloseable {
    private static final ByteString WORK = ByteString.of("work");
    private static final ByteString SHOWN = ByteString.of("shown");
    private static final ByteString SELF = ByteString.of(".");

    private final Birth birth;
    private final Directory upper;
    private final Directory work;
    private final MergedTree below;
    private final LayerEntry rootBelow;
    private final ImpliedDirectories implied;
    private boolean open = true;

    private RunDirectories(Birth birth, MergedTree below, LayerEntry rootBelow) throws IOException {
        this.birth = birth;
        this.below = below;
        this.rootBelow = rootBelow;
        this.upper = birth.makeDirectory(LayerFiles.TREE);
        this.work = birth.makeDirectory(WORK);
        this.implied = new ImpliedDirectories(upper, below);
    }

    /// @param birth owned by the result
    static RunDirectories open(Birth birth, List<LayerIndex> bottomFirst) throws IOException {
        MergedTree below = MergedTree.of(bottomFirst);
        LayerEntry rootBelow = below.find(ByteString.EMPTY);
        if (rootBelow == null) {
            throw new IllegalStateException("a tree without root");
        }
        var directories = new RunDirectories(birth, below, rootBelow);
        directories.implied.describe(bottomFirst);
        TreeWriter.describeDirectory(directories.upper, SELF, rootBelow);
        return directories;
    }

    /// {@return the open upper directory; it stays this object's}
    public Directory upper() {
        return upper;
    }

    /// {@return the open work directory of overlay; it stays this object's}
    public Directory work() {
        return work;
    }

    /// {@return the path of the directory that has the upper directory as `tree` and the work directory as `work`;
    /// it stays what it is until the commit. Relative to [dev.jbuild.state.StateDirectory#directory()]}
    public ByteString path() {
        return birth.path();
    }

    /// {@return what the step sees at first, before it does anything}
    public MergedTree below() {
        return below;
    }

    /// Puts directories into the upper directory before the step begins; they become part of its layer.
    ///
    /// @param directories sorted, each with its parents, owners and modes final
    public void makeDirectories(List<LayerEntry> directories) throws IOException {
        for (LayerEntry entry : directories) {
            if (!entry.path().isEmpty()) {
                if (!upper.contains(entry.path())) {
                    upper.makeDirectory(entry.path(), 0700);
                }
                TreeWriter.describeDirectory(upper, entry.path(), entry);
            }
        }
    }

    /// Makes a file that the step can be shown; it is in no layer.
    ///
    /// @return the caller closes it
    public Fd writeFile(ByteString content, int mode) throws IOException {
        try (Fd written = birth.directory().createFile(SHOWN, mode)) {
            written.write(content.toBytes());
            written.setMode(mode);
        }
        return birth.directory().openFile(SHOWN);
    }

    /// Ends the life of the mount's directories.
    ///
    /// @return the index of what the upper directory now is
    LayerIndex finish(OverlayMarks marks) throws IOException {
        work.close();
        birth.directory().deleteRecursively(WORK);
        if (birth.directory().contains(SHOWN)) {
            birth.directory().unlink(SHOWN);
        }
        implied.remove(marks);
        LayerIndex index = UpperDirectory.read(upper, marks, rootBelow);
        upper.close();
        return index;
    }

    /// {@return the birth, whose only form is the tree; the caller owns it}
    Birth release() {
        open = false;
        return birth;
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            upper.close();
            work.close();
            birth.close();
        }
    }
}
