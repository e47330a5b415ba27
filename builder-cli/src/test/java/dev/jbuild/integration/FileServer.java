package dev.jbuild.integration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Serves files over HTTP on the loopback address, each with a tag that changes with it.
final class FileServer implements AutoCloseable {
    /// A time for all files.
    static final String MODIFIED = "Sun, 06 Nov 1994 08:49:37 GMT";

    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();

    private FileServer(HttpServer server) {
        this.server = server;
    }

    static FileServer start() throws IOException {
        var files = new FileServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        files.server.createContext("/", files::answer);
        files.server.start();
        return files;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    FileServer put(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    /// {@return the answers since the last call, in their order: path and status}
    List<String> answers() {
        List<String> all = List.copyOf(answers);
        answers.clear();
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] bytes = files.get(path);
            if (bytes == null) {
                send(exchange, 404, new byte[0]);
                return;
            }
            String tag = "\"" + java.util.Arrays.hashCode(bytes) + "\"";
            exchange.getResponseHeaders().set("ETag", tag);
            exchange.getResponseHeaders().set("Last-Modified", MODIFIED);
            boolean known = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            send(exchange, known ? 304 : 200, known ? new byte[0] : bytes);
        }
    }

    private void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        answers.add(exchange.getRequestURI().getPath() + " " + status);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
