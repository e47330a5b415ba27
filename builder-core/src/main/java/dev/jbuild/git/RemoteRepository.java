package dev.jbuild.git;

import dev.jbuild.oci.Excerpt;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/// One repository on a server, and what was fetched of it.
///
/// What the server says beside objects and names is not shown, and of its errors one printable line.
final class RemoteRepository implements AutoCloseable {
    private static final int SHALLOW = 1;

    private final GitRemote remote;
    private final GitAccess access;
    private final ScratchRepository repository;

    private RemoteRepository(GitRemote remote, GitAccess access, ScratchRepository repository) {
        this.remote = remote;
        this.access = access;
        this.repository = repository;
    }

    /// Asks nobody yet.
    ///
    /// @return the caller closes it
    static RemoteRepository open(GitRemote remote, GitAccess access) {
        if (remote.scheme() == GitRemote.Scheme.SSH) {
            throw new GitException("git over ssh is not supported yet: " + remote + "; use its https address");
        }
        IsolatedSystem.install();
        return new RemoteRepository(remote, access, ScratchRepository.open(access));
    }

    GitRemote remote() {
        return remote;
    }

    /// {@return what reads the objects that were fetched; the caller closes it}
    ObjectReader reader() {
        return repository.newObjectReader();
    }

    ScratchRepository repository() {
        return repository;
    }

    /// {@return the commit that a name stands for now}
    ///
    /// @param ref null means the one of HEAD
    GitCommit resolve(@Nullable String ref) throws IOException, InterruptedException {
        if (ref != null && RefName.isCommitHash(ref)) {
            return new GitCommit(ref, null, null);
        }
        List<String> names = RefName.fullNames(ref == null ? Constants.HEAD : ref);
        try (Transport transport = transport();
                FetchConnection connection = transport.openFetch(List.of(), names.toArray(String[]::new))) {
            for (String name : names) {
                @Nullable Ref found = connection.getRef(name);
                @Nullable ObjectId named = found == null ? null : found.getObjectId();
                if (found != null && named != null) {
                    return commit(found, named);
                }
            }
        } catch (TransportException failure) {
            throw explained(failure);
        }
        throw new GitException(
                ref == null
                        ? remote + " has no HEAD"
                        : "repository " + remote + " does not contain ref " + Excerpt.of(ref));
    }

    private static GitCommit commit(Ref found, ObjectId named) {
        @Nullable ObjectId peeled = found.getPeeledObjectId();
        String target = found.getTarget().getName();
        String name = RefName.isValid(target) ? target : found.getName();
        return peeled == null
                ? new GitCommit(named.name(), name, null)
                : new GitCommit(peeled.name(), name, named.name());
    }

    /// Fetches a commit with its tree and without its history. A server that gives no commit by its hash is asked for
    /// everything that its branches and tags hold.
    void fetch(GitCommit commit) throws IOException, InterruptedException {
        ObjectId hash = ObjectId.fromString(commit.tag() == null ? commit.hash() : commit.tag());
        try {
            fetch(List.of(wanted(hash)), SHALLOW);
        } catch (TransportException refused) {
            rethrowUnlessRefused(refused);
            fetchAll(hash, refused);
        }
        if (!repository.getObjectDatabase().has(hash)) {
            throw new GitException("repository " + remote + " does not contain commit " + hash.name());
        }
    }

    private void fetchAll(ObjectId hash, TransportException refused) throws IOException, InterruptedException {
        var all = new ArrayList<Ref>();
        try (Transport transport = transport();
                FetchConnection connection =
                        transport.openFetch(List.of(), Constants.R_HEADS + "*", Constants.R_TAGS + "*")) {
            for (Ref ref : connection.getRefs()) {
                boolean history = ref.getName().startsWith(Constants.R_HEADS)
                        || ref.getName().startsWith(Constants.R_TAGS);
                @Nullable ObjectId named = ref.getObjectId();
                if (history && named != null) {
                    all.add(wanted(named));
                }
            }
            if (all.isEmpty()) {
                throw explained(refused);
            }
            connection.fetch(new Interruptible(), all, Set.of(), OutputStream.nullOutputStream());
        } catch (TransportException failure) {
            throw explained(failure);
        }
        if (!repository.getObjectDatabase().has(hash)) {
            throw explained(refused);
        }
    }

    private void fetch(Collection<Ref> wanted, int depth) throws IOException, InterruptedException {
        try (Transport transport = transport()) {
            transport.setDepth(depth);
            try (FetchConnection connection = transport.openFetch(List.of(), Constants.HEAD)) {
                connection.fetch(new Interruptible(), wanted, Set.of(), OutputStream.nullOutputStream());
            }
        }
    }

    private static Ref wanted(ObjectId hash) {
        return new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, hash.name(), hash);
    }

    private Transport transport() throws IOException {
        URIish address;
        try {
            address = new URIish()
                    .setScheme(remote.scheme().prefix())
                    .setHost(remote.host())
                    .setPort(remote.port())
                    .setRawPath(remote.path());
        } catch (URISyntaxException invalid) {
            throw new GitException("git address '" + remote + "' cannot be used: " + invalid.getReason());
        }
        if (remote.scheme() != GitRemote.Scheme.GIT && !remote.user().isEmpty()) {
            address = address.setUser(remote.user()).setPass(remote.password());
        }
        Transport transport = Transport.open(repository, address);
        transport.setTimeout(access.limits().seconds());
        transport.setFetchThin(false);
        transport.setObjectChecker(checker());
        if (transport instanceof TransportHttp http) {
            http.setHttpConnectionFactory(new HttpConnections(access.network(), remote));
        }
        return transport;
    }

    /// Refuses what no Git writes; not the small faults that old ones wrote into commits, which decide nothing here.
    static ObjectChecker checker() {
        return new ObjectChecker()
                .setAllowInvalidPersonIdent(true)
                .setAllowLeadingZeroFileMode(true)
                .setSafeForMacOS(true);
    }

    /// A limit, a stop and a dead line are no reason to ask again for more.
    private void rethrowUnlessRefused(TransportException failure) throws IOException, InterruptedException {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean network = cause instanceof SocketException || cause instanceof SocketTimeoutException;
            if (cause instanceof GitException || network || isMissing(cause) || isUnusable(cause)) {
                throw explained(failure);
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /// Whether what was sent is at fault, and not the way.
    private static boolean isUnusable(Throwable cause) {
        return cause instanceof CorruptObjectException || cause instanceof TooLargeObjectInPackException;
    }

    /// Whether a server says that there is nothing at the address, or nothing for everybody: few tell which.
    private static boolean isMissing(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof NoRemoteRepositoryException
                || cause instanceof RemoteRepositoryException
                || (cause instanceof TransportException
                        && (message.endsWith("not authorized") || message.contains("Authentication is required")));
    }

    /// Whether a server was silent for too long. JGit then interrupts the thread, which ends its socket.
    private static boolean isSilence(Throwable cause) {
        return cause instanceof InterruptedIOException
                || (cause instanceof SocketException && "Closed by interrupt".equals(cause.getMessage()));
    }

    private GitException explained(TransportException failure) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Throwable deepest = failure;
        boolean missing = false;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GitException limit) {
                throw limit;
            }
            if (isUnusable(cause)) {
                throw new GitException(
                        "repository " + remote + " cannot be used: " + Excerpt.of(String.valueOf(cause.getMessage())));
            }
            if (isSilence(cause) && remote.scheme() == GitRemote.Scheme.GIT) {
                return unavailable(
                        "no answer from " + remote.host() + " for "
                                + access.limits().seconds() + " s",
                        failure);
            }
            missing |= isMissing(cause);
            deepest = cause;
        }
        String reason = Excerpt.of(String.valueOf(deepest.getMessage()));
        return unavailable(missing ? reason + "; does it exist, and is it public?" : reason, failure);
    }

    private GitException unavailable(String reason, TransportException failure) {
        return GitException.unavailable("cannot fetch from " + remote + ": " + reason, failure);
    }

    @Override
    public void close() {
        repository.close();
    }
}
