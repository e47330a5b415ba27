package dev.jbuild.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Where everything that jbuild says to its user goes. The only class that touches the standard streams.
///
/// Results and messages are told apart by what a loss means: a script reads results, so one that cannot be written
/// is an error; nobody depends on messages, so a closed or full standard error never fails a build.
///
/// Safe for use by many threads.
public final class Terminal {
    private final OutputStream results;
    private final OutputStream messages;
    private final boolean screen;
    private final boolean live;

    /// @param screen whether a person sees the messages on a terminal
    /// @param live whether that terminal can move its cursor, and the user does not mind
    public Terminal(OutputStream results, OutputStream messages, boolean screen, boolean live) {
        this.results = results;
        this.messages = messages;
        this.screen = screen;
        this.live = screen && live;
    }

    /// The streams of this process.
    ///
    /// @param terminalType value of `TERM` when standard error is a terminal, otherwise empty; the launcher finds
    ///     out, since Java has no `isatty` for standard error alone
    public static Terminal standard(String terminalType) {
        var screen = !terminalType.isEmpty();
        var live = screen && !terminalType.equals("dumb") && System.getenv("NO_COLOR") == null;
        return new Terminal(
                new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), screen, live);
    }

    /// {@return whether a person sees the messages on a terminal}
    public boolean isScreen() {
        return screen;
    }

    /// {@return whether messages may move the cursor}
    public boolean isLive() {
        return live;
    }

    /// Writes one line of a result.
    ///
    /// @throws IOException when standard output did not take it
    public void result(String line) throws IOException {
        synchronized (results) {
            try {
                results.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                results.flush();
            } catch (IOException refused) {
                throw new IOException("cannot write to standard output: " + refused.getMessage(), refused);
            }
        }
    }

    /// Writes one line for the user's eyes.
    public void message(String line) {
        message((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Writes one line for the user's eyes whose text is any bytes.
    public void messageLine(byte[] text) {
        var line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        message(line);
    }

    /// Writes bytes for the user's eyes as they are.
    public void message(byte[] text) {
        synchronized (messages) {
            try {
                messages.write(text);
                messages.flush();
            } catch (IOException _) {
                // There is no other place to say it, and nothing depends on it.
            }
        }
    }
}
