package dev.jbuild.snapshot;

import dev.jbuild.layer.EntryType;
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
    private static final ByteString SELF = ByteString.of(".");

    private final Birth birth;
    private final Directory upper;
    private final Directory work;
    private final MergedTree below;
    private final LayerEntry rootBelow;
    private final Stubs stubs;
    private boolean open = true;

    private RunDirectories(Birth birth, MergedTree below, LayerEntry rootBelow) throws IOException {
        this.birth = birth;
        this.below = below;
        this.rootBelow = rootBelow;
        this.upper = birth.makeDirectory(LayerFiles.TREE);
        this.work = birth.makeDirectory(WORK);
        TreeWriter.finishDirectory(upper, SELF, rootBelow);
        this.stubs = new Stubs(upper, below);
    }

    /// @param birth owned by the result
    static RunDirectories open(Birth birth, List<LayerIndex> bottomFirst) throws IOException {
        MergedTree below = MergedTree.of(bottomFirst);
        LayerEntry rootBelow = below.find(ByteString.EMPTY);
        if (rootBelow == null) {
            throw new IllegalStateException("a tree without root");
        }
        var directories = new RunDirectories(birth, below, rootBelow);
        directories.describeImplied(bottomFirst);
        return directories;
    }

    /// A tree has directories that its layer does not describe as 0755 of 0:0, and overlay shows the topmost: so
    /// those that a lower layer does describe get an entry in the upper directory, and lose it again if the step
    /// leaves them.
    private void describeImplied(List<LayerIndex> bottomFirst) throws IOException {
        for (LayerIndex layer : bottomFirst) {
            for (ByteString path : layer.impliedDirectories()) {
                LayerEntry merged = below.find(path);
                if (merged != null && merged.isDirectory() && !merged.equals(Stubs.implied(path))) {
                    stubs.describe(path);
                }
            }
        }
    }

    /// {@return the open upper directory; it stays this object's}
    public Fd upper() {
        return upper;
    }

    /// {@return the open work directory of overlay; it stays this object's}
    public Fd work() {
        return work;
    }

    /// {@return the path of the directory that has the upper directory as `tree` and the work directory as `work`; it
    /// stays what it is until the commit. Relative to [dev.jbuild.state.StateDirectory#directory()]}
    public ByteString path() {
        return birth.path();
    }

    /// {@return what the step sees at first, without stubs}
    public MergedTree below() {
        return below;
    }

    /// Makes sure that there is something at `path` to mount over: an empty file or directory, with its parents, when
    /// nothing is there. If the step leaves it empty, it is not in the layer, and neither is a trace of it.
    ///
    /// @param path resolved in [#below()], no symbolic link on the way
    /// @param type FILE or DIRECTORY
    public void makeStub(ByteString path, EntryType type) throws IOException {
        stubs.make(path, type);
    }

    /// Ends the life of the mount's directories.
    ///
    /// @return the index of what the upper directory now is
    LayerIndex finish(OverlayMarks marks) throws IOException {
        work.close();
        birth.directory().deleteRecursively(WORK);
        stubs.remove(marks);
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
