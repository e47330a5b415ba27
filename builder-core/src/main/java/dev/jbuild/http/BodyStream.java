package dev.jbuild.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The body of an answer as a stream that does not wait for ever: a read fails when no byte came for a while, or
/// when so few come that the transfer would never end. Only time spent waiting counts, a slow reader is no fault
/// of the server.
///
/// The client's own stream has no time limit, and its request timeout ends with the head of the answer.
final class BodyStream extends InputStream implements BodySubscriber<BodyStream> {
    /// Buffers of the client (16 KiB each) that may lie unread.
    private static final int READ_AHEAD = 8;

    /// After this much waiting the speed is judged.
    private static final Duration SPEED_WINDOW = Duration.ofSeconds(60);

    private static final long SLOWEST_BYTES_PER_WINDOW = 60 << 10;

    private sealed interface Event {
        record Data(List<ByteBuffer> buffers) implements Event {}

        record Failed(Throwable cause) implements Event {}

        record End() implements Event {}
    }

    private final Duration stall;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final Queue<ByteBuffer> unread = new ArrayDeque<>();
    private @Nullable IOException failure;
    private boolean ended;
    private long waitedNanos;
    private long bytesInWindow;

    BodyStream(Duration stall) {
        this.stall = stall;
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (subscription.complete(given)) {
            given.request(READ_AHEAD);
        } else {
            given.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        events.add(new Event.Data(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        events.add(new Event.Failed(cause));
    }

    @Override
    public void onComplete() {
        events.add(new Event.End());
    }

    @Override
    public int read() throws IOException {
        var single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        ByteBuffer next = next();
        if (next == null) {
            return -1;
        }
        int count = Math.min(length, next.remaining());
        next.get(buffer, offset, count);
        return count;
    }

    /// Gives up the rest of the body, and with it the connection.
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            failure = new IOException("stream is closed");
            unread.clear();
            cancel();
        }
    }

    /// {@return a buffer with at least one byte, null at the end}
    private @Nullable ByteBuffer next() throws IOException {
        while (true) {
            ByteBuffer first = unread.peek();
            if (first != null && first.hasRemaining()) {
                return first;
            }
            if (first != null) {
                unread.remove();
                continue;
            }
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            if (ended) {
                return null;
            }
            receive();
        }
    }

    private void receive() throws IOException {
        switch (await()) {
            case Event.Data(List<ByteBuffer> buffers) -> {
                unread.addAll(buffers);
                buffers.forEach(buffer -> bytesInWindow += buffer.remaining());
                subscription.resultNow().request(1);
            }
            case Event.Failed(Throwable cause) ->
                throw fail(cause instanceof IOException io ? io : new IOException(cause));
            case Event.End() -> ended = true;
        }
    }

    private Event await() throws IOException {
        long start = System.nanoTime();
        try {
            Event event = events.poll(stall.toNanos(), TimeUnit.NANOSECONDS);
            waitedNanos += System.nanoTime() - start;
            if (event == null) {
                throw fail(new HttpTimeoutException("no data for " + stall.toSeconds() + " s"));
            }
            judgeSpeed();
            return event;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw fail(new InterruptedIOException("interrupted while reading from the network"));
        }
    }

    private void judgeSpeed() throws IOException {
        if (waitedNanos < SPEED_WINDOW.toNanos()) {
            return;
        }
        if (bytesInWindow < SLOWEST_BYTES_PER_WINDOW) {
            throw fail(new HttpTimeoutException("only " + bytesInWindow + " bytes in a minute"));
        }
        waitedNanos = 0;
        bytesInWindow = 0;
    }

    private IOException fail(IOException cause) {
        failure = cause;
        ended = true;
        cancel();
        return cause;
    }

    private void cancel() {
        if (!subscription.cancel(false) && subscription.state() == CompletableFuture.State.SUCCESS) {
            subscription.resultNow().cancel();
        }
    }
}
