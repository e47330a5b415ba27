package dev.jbuild.git;

import java.io.IOException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/// What a checkout needs of a commit object.
///
/// @param seconds when it was made, since 1970; what is before that, or after the year 9999, is the limit
record Commit(ObjectId id, ObjectId tree, long seconds, boolean hasParents) {
    private static final int MAX_SIZE = 1 << 20;
    private static final long LAST = 253_402_300_799L;

    /// @throws GitException when there is no such commit
    static Commit read(ObjectReader reader, ObjectId id) throws IOException {
        byte[] bytes;
        try {
            bytes = bytes(reader, id, Constants.OBJ_COMMIT, MAX_SIZE);
        } catch (IncorrectObjectTypeException other) {
            throw new GitException("object " + id.name() + " is not a commit");
        }
        RevCommit commit = RevCommit.parse(bytes);
        PersonIdent committer = commit.getCommitterIdent();
        long seconds = committer == null ? 0 : committer.getWhenAsInstant().getEpochSecond();
        return new Commit(id, commit.getTree().getId(), Math.clamp(seconds, 0L, LAST), commit.getParentCount() > 0);
    }

    /// {@return the bytes of an object}
    ///
    /// @throws GitException when there is none, or it is larger than `limit`
    static byte[] bytes(ObjectReader reader, ObjectId id, int type, int limit) throws IOException {
        ObjectLoader object;
        try {
            object = reader.open(id, type);
        } catch (MissingObjectException missing) {
            throw new GitException("the server left out object " + id.name());
        }
        if (object.getSize() > limit) {
            throw GitLimits.exceeded("an object " + id.name() + " of " + object.getSize() + " bytes", limit);
        }
        return object.getCachedBytes(limit);
    }
}
