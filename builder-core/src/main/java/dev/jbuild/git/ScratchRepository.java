package dev.jbuild.git;

import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase;
import org.eclipse.jgit.internal.storage.dfs.DfsRefDatabase;
import org.eclipse.jgit.internal.storage.dfs.DfsRepository;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryBuilder;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.ReflogReader;
import org.eclipse.jgit.util.RefList;

/// A repository that is nowhere: its packs are files without a name, and it has no directory, working tree,
/// configuration,
/// hook or reference.
final class ScratchRepository extends DfsRepository {
    private final ScratchPacks packs;
    private final RefDatabase references;

    private ScratchRepository(Builder builder, GitAccess access) {
        super(builder);
        this.packs = new ScratchPacks(this, access);
        this.references = new NoReferences(this);
    }

    /// {@return an empty one; the caller closes it}
    static ScratchRepository open(GitAccess access) {
        return new Builder(access)
                .setRepositoryDescription(new DfsRepositoryDescription("scratch"))
                .build();
    }

    @Override
    public DfsObjDatabase getObjectDatabase() {
        return packs;
    }

    @Override
    public RefDatabase getRefDatabase() {
        return references;
    }

    private static final class Builder extends DfsRepositoryBuilder<Builder, ScratchRepository> {
        private final GitAccess access;

        Builder(GitAccess access) {
            this.access = access;
        }

        @Override
        public ScratchRepository build() {
            return new ScratchRepository(this, access);
        }
    }

    private static final class NoReferences extends DfsRefDatabase {
        NoReferences(DfsRepository repository) {
            super(repository);
        }

        @Override
        public ReflogReader getReflogReader(Ref ref) {
            throw new IllegalStateException("no reference, no history of it: " + ref.getName());
        }

        @Override
        protected RefCache scanAllRefs() {
            return new RefCache(RefList.<Ref>emptyList(), RefList.<Ref>emptyList());
        }

        @Override
        protected boolean compareAndPut(Ref old, Ref next) {
            return false;
        }

        @Override
        protected boolean compareAndRemove(Ref old) {
            return false;
        }
    }
}
