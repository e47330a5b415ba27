package dev.jbuild.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server of files in this process that serves what it was given, and misbehaves as it was told.
public final class LocalFiles implements AutoCloseable {
    /// A file as the server has it.
    ///
    /// @param etag null for none
    /// @param modified a date of HTTP; null for none
    public record Content(byte[] bytes, String etag, String modified) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final Map<String, Deque<LocalRegistry.Answer>> scripts = new ConcurrentHashMap<>();
    private final List<LocalRegistry.Request> requests = new CopyOnWriteArrayList<>();

    private LocalFiles(HttpServer server) {
        this.server = server;
    }

    public static LocalFiles start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var files = new LocalFiles(server);
            server.setExecutor(files.threads);
            server.createContext("/", files::handle);
            server.start();
            return files;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /// {@return host and port}
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public String url(String path) {
        return "http://" + host() + path;
    }

    public void put(String path, byte[] bytes, String etag, String modified) {
        contents.put(path, new Content(bytes, etag, modified));
    }

    /// Answers the next requests of a path as told, later ones normally.
    public void script(String path, LocalRegistry.Answer... answers) {
        scripts.computeIfAbsent(path, _ -> new ArrayDeque<>()).addAll(List.of(answers));
    }

    /// {@return every request so far, in the order of arrival}
    public List<LocalRegistry.Request> requests() {
        return List.copyOf(requests);
    }

    /// {@return the last request}
    public LocalRegistry.Request last() {
        return requests.getLast();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        requests.add(new LocalRegistry.Request(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers));
        String path = exchange.getRequestURI().getRawPath();
        Deque<LocalRegistry.Answer> script = scripts.getOrDefault(path, new ArrayDeque<>());
        LocalRegistry.Answer scripted;
        synchronized (script) {
            scripted = script.poll();
        }
        try {
            if (scripted == null) {
                serve(exchange, contents.get(path), headers);
            } else {
                scripted.to(exchange);
            }
        } finally {
            exchange.close();
        }
    }

    private static void serve(HttpExchange exchange, Content content, Map<String, String> asked) throws IOException {
        if (content == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        var headers = exchange.getResponseHeaders();
        if (content.etag() != null) {
            headers.set("ETag", content.etag());
        }
        if (content.modified() != null) {
            headers.set("Last-Modified", content.modified());
        }
        String ifNoneMatch = asked.get("if-none-match");
        String ifModifiedSince = asked.get("if-modified-since");
        boolean same = ifNoneMatch == null
                ? ifModifiedSince != null && ifModifiedSince.equals(content.modified())
                : ifNoneMatch.equals(content.etag());
        byte[] bytes = content.bytes();
        int from = 0;
        String range = asked.get("range");
        if (range != null && asked.getOrDefault("if-range", "").equals(content.etag())) {
            from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            headers.set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        exchange.sendResponseHeaders(
                same ? 304 : from > 0 ? 206 : 200, same || bytes.length == 0 ? -1 : bytes.length - from);
        if (!same && bytes.length > 0) {
            exchange.getResponseBody().write(bytes, from, bytes.length - from);
        }
    }
}
