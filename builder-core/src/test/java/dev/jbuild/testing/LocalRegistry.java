package dev.jbuild.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A registry in this process that serves what it was given, and misbehaves as it was told.
public final class LocalRegistry implements AutoCloseable {
    /// What a request is answered with.
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /// A request that came in.
    ///
    /// @param headers names in lower case
    public record Request(String method, String path, Map<String, String> headers) {}

    private record Content(byte[] bytes, String contentType) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final Map<String, Deque<Answer>> scripts = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private LocalRegistry(HttpServer server) {
        this.server = server;
    }

    public static LocalRegistry start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var registry = new LocalRegistry(server);
            server.setExecutor(registry.threads);
            server.createContext("/", registry::handle);
            server.start();
            return registry;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /// {@return host and port, as the registry part of an image reference}
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public String url() {
        return "http://" + host();
    }

    /// {@return every request so far, in the order of arrival}
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    /// Serves an image under a tag.
    public void put(String repository, String tag, TestImage image) {
        putManifest(
                repository,
                tag,
                image.manifest().raw().bytes(),
                image.manifest().mediaType());
        putBlob(repository, image.config().bytes());
        image.layers().forEach(layer -> putBlob(repository, layer));
    }

    public void putManifest(String repository, String tag, byte[] bytes, MediaType mediaType) {
        var content = new Content(bytes, mediaType.name());
        contents.put(manifestPath(repository, tag), content);
        contents.put(manifestPath(repository, Digest.ofBytes(bytes).toString()), content);
    }

    public void putBlob(String repository, byte[] bytes) {
        contents.put(blobPath(repository, Digest.ofBytes(bytes)), new Content(bytes, "application/octet-stream"));
    }

    /// Answers the next requests of a path as told, later ones normally.
    public void script(String path, Answer... answers) {
        scripts.computeIfAbsent(path, name -> new ArrayDeque<>()).addAll(List.of(answers));
    }

    public static String manifestPath(String repository, String tagOrDigest) {
        return "/v2/" + repository + "/manifests/" + tagOrDigest;
    }

    public static String blobPath(String repository, Digest digest) {
        return "/v2/" + repository + "/blobs/" + digest;
    }

    public static Answer status(int status) {
        return exchange -> respond(exchange, status, new byte[0]);
    }

    public static Answer redirect(int status, String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            respond(exchange, status, new byte[0]);
        };
    }

    public static Answer bytes(String contentType, byte[] bytes) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            respond(exchange, 200, bytes);
        };
    }

    /// Announces all of `bytes` and breaks off after `count` of them.
    public static Answer truncated(byte[] bytes, int count) {
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, count);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /// Sends without announcing a length.
    public static Answer chunked(byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(bytes);
            }
        };
    }

    /// Announces all of `bytes`, sends `count` of them and then nothing until the client goes away.
    public static Answer stalled(byte[] bytes, int count) {
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, count);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(10_000);
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        var headers = new java.util.TreeMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        requests.add(new Request(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers));
        Answer scripted = next(path);
        try {
            if (scripted != null) {
                scripted.to(exchange);
            } else {
                serve(exchange, path, headers.get("range"));
            }
        } finally {
            exchange.close();
        }
    }

    private Answer next(String path) {
        Deque<Answer> script = scripts.get(path);
        if (script == null) {
            return null;
        }
        synchronized (script) {
            return script.poll();
        }
    }

    private void serve(HttpExchange exchange, String path, String range) throws IOException {
        Content content = contents.get(path);
        if (content == null) {
            byte[] error = "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}".getBytes();
            respond(exchange, 404, error);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", content.contentType());
        if (range == null) {
            respond(exchange, 200, content.bytes());
            return;
        }
        int start = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        byte[] rest = java.util.Arrays.copyOfRange(content.bytes(), start, content.bytes().length);
        exchange.getResponseHeaders()
                .set(
                        "Content-Range",
                        "bytes " + start + "-" + (content.bytes().length - 1) + "/" + content.bytes().length);
        respond(exchange, 206, rest);
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
