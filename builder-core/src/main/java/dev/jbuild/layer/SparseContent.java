package dev.jbuild.layer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// A sparse file with its holes filled in.
final class SparseContent extends InputStream {
    private final InputStream stored;
    private final SparseMap map;
    private long at;
    private int segment;

    SparseContent(InputStream stored, SparseMap map) {
        this.stored = stored;
        this.map = map;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (at == map.size() || length == 0) {
            return length == 0 ? 0 : -1;
        }
        while (segment < map.segments() && at == map.end(segment)) {
            segment++;
        }
        long start = segment < map.segments() ? map.start(segment) : map.size();
        int read;
        if (at < start) {
            read = (int) Math.min(length, start - at);
            Arrays.fill(buffer, offset, offset + read, (byte) 0);
        } else {
            read = stored.read(buffer, offset, (int) Math.min(length, map.end(segment) - at));
            if (read < 0) {
                throw new EOFException("sparse file ends too early");
            }
        }
        at += read;
        return read;
    }
}
