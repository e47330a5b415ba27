package dev.jbuild.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A registry on the loopback address that knows one image, for a training run: manifest and blobs are the files of an
/// OCI
/// image layout. It answers what the registry client asks for a pull and knows nothing of names, ranges or errors.
public final class LayoutServer implements AutoCloseable {
    private final Path layout;
    private final String manifest;
    private final ServerSocket socket;

    private LayoutServer(Path layout, String manifest, ServerSocket socket) {
        this.layout = layout;
        this.manifest = manifest;
        this.socket = socket;
    }

    /// Serves until it is closed.
    ///
    /// @param manifest digest of the image's manifest in the layout
    public static LayoutServer start(Path layout, String manifest) throws IOException {
        var server = new LayoutServer(layout, manifest, new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().daemon().name("training-registry").start(server::serve);
        return server;
    }

    /// {@return where it is, as a mirror is named}
    public String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                answer(client);
            } catch (IOException closed) {
                // The end of the training, or a client that had enough: neither is of interest here.
            }
        }
    }

    private void answer(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        String request = in.readLine();
        if (request == null) {
            return;
        }
        for (String header = in.readLine(); header != null && !header.isEmpty(); ) {
            header = in.readLine();
        }
        int start = request.indexOf(' ') + 1;
        String path = request.substring(start, request.indexOf(' ', start));
        boolean blob = path.contains("/blobs/");
        String digest = blob ? path.substring(path.lastIndexOf('/') + 1) : manifest;
        byte[] content = Files.readAllBytes(layout.resolve("blobs").resolve(digest.replace(':', '/')));
        String type = blob ? "application/octet-stream" : "application/vnd.oci.image.manifest.v1+json";
        OutputStream out = client.getOutputStream();
        out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: " + type + "\r\nDocker-Content-Digest: "
                        + digest + "\r\nContent-Length: " + content.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        if (!request.startsWith("HEAD")) {
            out.write(content);
        }
        out.flush();
    }
}
