package dev.jbuild.layer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Compresses to gzip on several threads, to the same bytes for any number of them.
///
/// One member. Every mebibyte is compressed alone, with level 6, and flushed to a byte boundary, so blocks can
/// be made in parallel and simply follow each other. The bytes depend on the zlib of the JDK, as with every
/// gzip writer. Owned by one thread; must be closed, which gives the compressor's memory back. Without
/// [#finish()] before, the output is no complete stream.
public final class GzipBlocks extends OutputStream {
    private static final int BLOCK = 1 << 20;
    private static final int LEVEL = 6;
    /// No name, no time, unknown system.
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /// A last, empty block of fixed codes.
    private static final byte[] LAST_BLOCK = {3, 0};

    private final OutputStream out;
    private final int threads;
    private final CRC32 checksum = new CRC32();
    private final Deque<Future<byte[]>> pending = new ArrayDeque<>();
    private final Deque<Deflater> idle = new ArrayDeque<>();
    private final ExecutorService executor;
    private byte[] block = new byte[BLOCK];
    private int filled;
    private long length;

    /// @param out stays open
    /// @param threads that compress, at least 1; with 1 it is the caller's own
    public GzipBlocks(OutputStream out, int threads) throws IOException {
        this.out = out;
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads, work -> {
            var thread = new Thread(work, "gzip");
            thread.setDaemon(true);
            return thread;
        });
        out.write(HEADER);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        checksum.update(bytes, offset, count);
        length += count;
        int at = offset;
        int left = count;
        while (left > 0) {
            int part = Math.min(left, BLOCK - filled);
            System.arraycopy(bytes, at, block, filled, part);
            filled += part;
            at += part;
            left -= part;
            if (filled == BLOCK) {
                submit();
            }
        }
    }

    /// Writes everything that is left, and the end of the stream.
    public void finish() throws IOException {
        if (filled > 0) {
            submit();
        }
        while (!pending.isEmpty()) {
            writeFirst();
        }
        out.write(LAST_BLOCK);
        littleEndian((int) checksum.getValue());
        littleEndian((int) length);
        out.flush();
    }

    @Override
    public void close() {
        executor.shutdownNow();
        executor.close();
        idle.forEach(Deflater::end);
        idle.clear();
    }

    private void submit() throws IOException {
        byte[] input = block;
        int count = filled;
        filled = 0;
        if (threads == 1) {
            out.write(compress(input, count));
            return;
        }
        block = new byte[BLOCK];
        var work = new FutureTask<>(() -> compress(input, count));
        pending.addLast(work);
        executor.execute(work);
        // Each block in flight costs two mebibytes.
        if (pending.size() > 2 * threads) {
            writeFirst();
        }
    }

    private void writeFirst() throws IOException {
        try {
            out.write(pending.removeFirst().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted while compressing").initCause(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("compressing failed", e.getCause());
        }
    }

    private byte[] compress(byte[] input, int count) {
        Deflater deflater = borrow();
        deflater.setInput(input, 0, count);
        byte[] output = new byte[count / 2 + 64];
        int used = 0;
        while (true) {
            int written = deflater.deflate(output, used, output.length - used, Deflater.SYNC_FLUSH);
            used += written;
            if (used < output.length) {
                break;
            }
            output = Arrays.copyOf(output, output.length + count / 2 + 64);
        }
        deflater.reset();
        synchronized (idle) {
            idle.push(deflater);
        }
        return Arrays.copyOf(output, used);
    }

    private Deflater borrow() {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return new Deflater(LEVEL, true);
    }

    private void littleEndian(int value) throws IOException {
        out.write(new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)});
    }
}
