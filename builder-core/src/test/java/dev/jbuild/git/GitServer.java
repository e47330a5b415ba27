package dev.jbuild.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.transport.Daemon;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/// Repositories of any content, also of such that no `git` would make, on a git:// and an http port of this machine.
final class GitServer implements AutoCloseable {
    static final String REGULAR = "100644";
    static final String PROGRAM = "100755";
    static final String LINK = "120000";
    static final String DIRECTORY = "40000";
    static final String SUBMODULE = "160000";

    private final Map<String, InMemoryRepository> repositories = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Daemon daemon;
    private final HttpServer http;

    private GitServer() throws IOException {
        IsolatedSystem.install();
        daemon = new Daemon(new InetSocketAddress("127.0.0.1", 0));
        daemon.setRepositoryResolver((_, name) -> {
            asked.add(name);
            InMemoryRepository repository = repositories.get(name);
            if (repository == null) {
                throw new RepositoryNotFoundException(name);
            }
            repository.incrementOpen();
            return repository;
        });
        daemon.start();
        http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::answer);
        http.start();
    }

    static GitServer start() throws IOException {
        return new GitServer();
    }

    /// Names of repositories in the order in which they were asked for.
    List<String> asked() {
        return asked;
    }

    String git(String repository) {
        return "git://127.0.0.1:" + daemon.getAddress().getPort() + "/" + repository;
    }

    String http(String repository) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/" + repository;
    }

    Content repository(String name) {
        return new Content(
                repositories.computeIfAbsent(name, key -> new InMemoryRepository(new DfsRepositoryDescription(key))));
    }

    @Override
    public void close() {
        http.stop(0);
        daemon.stop();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add(exchange.getRequestMethod() + " " + path + (authorization == null ? "" : " " + authorization));
            if (path.startsWith("/private") && authorization == null) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"r\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            if (path.startsWith("/private/moved/")) {
                String query = "?" + exchange.getRequestURI().getRawQuery();
                String elsewhere = http(path.substring(15)).replace("127.0.0.1", "localhost");
                exchange.getResponseHeaders().add("Location", elsewhere + query);
                exchange.sendResponseHeaders(301, -1);
                return;
            }
            if (path.startsWith("/moved/")) {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                http(path.substring(7)) + "?"
                                        + exchange.getRequestURI().getRawQuery());
                exchange.sendResponseHeaders(301, -1);
                return;
            }
            boolean advertise = path.endsWith("/info/refs");
            String name = path.substring(1, path.length() - (advertise ? "/info/refs" : "/git-upload-pack").length());
            InMemoryRepository repository = repositories.get(name);
            if (repository == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            var upload = new UploadPack(repository);
            upload.setBiDirectionalPipe(false);
            String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
            if (protocol != null) {
                upload.setExtraParameters(List.of(protocol.split(":", -1)));
            }
            var body = new ByteArrayOutputStream();
            if (advertise) {
                var lines = new PacketLineOut(body);
                lines.writeString("# service=git-upload-pack\n");
                lines.end();
                upload.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
            } else {
                boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
                InputStream request = exchange.getRequestBody();
                upload.upload(packed ? new GZIPInputStream(request) : request, body, null);
            }
            exchange.getResponseHeaders()
                    .add("Content-Type", "application/x-git-upload-pack-" + (advertise ? "advertisement" : "result"));
            exchange.sendResponseHeaders(200, body.size());
            exchange.getResponseBody().write(body.toByteArray());
        }
    }

    /// One name of a tree.
    record Item(String mode, String name, ObjectId id) {}

    /// What a repository holds.
    static final class Content {
        private final InMemoryRepository repository;

        private Content(InMemoryRepository repository) {
            this.repository = repository;
        }

        ObjectId blob(String text) throws IOException {
            return insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
        }

        /// Items are written as they are, in any order and with any name.
        ObjectId tree(Item... items) throws IOException {
            var bytes = new ByteArrayOutputStream();
            for (Item item : items) {
                bytes.writeBytes((item.mode + " " + item.name + "\0").getBytes(StandardCharsets.UTF_8));
                var hash = new byte[20];
                item.id.copyRawTo(hash, 0);
                bytes.writeBytes(hash);
            }
            return insert(Constants.OBJ_TREE, bytes.toByteArray());
        }

        ObjectId commit(ObjectId tree, ObjectId... parents) throws IOException {
            var text = new StringBuilder("tree " + tree.name() + "\n");
            for (ObjectId parent : parents) {
                text.append("parent ").append(parent.name()).append('\n');
            }
            text.append("author A <a@example.com> 1600000000 +0100\n");
            text.append("committer C <c@example.com> 1700000000 +0100\n\nmessage\n");
            return insert(Constants.OBJ_COMMIT, text.toString().getBytes(StandardCharsets.UTF_8));
        }

        ObjectId tag(ObjectId commit, String name) throws IOException {
            String text = "object " + commit.name() + "\ntype commit\ntag " + name
                    + "\ntagger T <t@example.com> 1700000000 +0000\n\nmessage\n";
            return insert(Constants.OBJ_TAG, text.getBytes(StandardCharsets.UTF_8));
        }

        /// Makes `main` and HEAD the commit of a tree.
        ObjectId main(Item... items) throws IOException {
            ObjectId commit = commit(tree(items));
            reference("refs/heads/main", commit);
            head("refs/heads/main");
            return commit;
        }

        void reference(String name, ObjectId id) throws IOException {
            RefUpdate update = repository.updateRef(name);
            update.setNewObjectId(id);
            update.setForceUpdate(true);
            RefUpdate.Result ignored = update.update();
        }

        void head(String target) throws IOException {
            RefUpdate.Result ignored =
                    repository.updateRef(Constants.HEAD, false).link(target);
        }

        private ObjectId insert(int type, byte[] bytes) throws IOException {
            try (ObjectInserter inserter = repository.newObjectInserter()) {
                ObjectId id = inserter.insert(type, bytes);
                inserter.flush();
                return id;
            }
        }
    }

    static Map<String, String> contents(GitCheckout checkout) throws IOException {
        var contents = new HashMap<String, String>();
        for (var entry : new ArrayList<>(checkout.index().entries())) {
            String shown = switch (entry.type()) {
                case FILE -> {
                    try (InputStream stream = checkout.open(entry)) {
                        yield Integer.toOctalString(entry.mode()) + " "
                                + new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    }
                }
                case SYMLINK -> "-> " + entry.linkTarget();
                default -> Integer.toOctalString(entry.mode()) + "/";
            };
            contents.put(entry.path().toString(), shown);
        }
        return contents;
    }
}
