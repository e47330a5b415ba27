package dev.jbuild.linux;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/// The stream views of a descriptor, and copying between two.
final class FdStreams {
    private static final long COPY_CHUNK = 1L << 30;

    private FdStreams() {}

    static final class Input extends InputStream {
        private final Fd source;

        Input(Fd source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return source.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            return length == 0 ? 0 : source.read(target, offset, length);
        }
    }

    static final class Stretch extends InputStream {
        private final Fd source;
        private long position;
        private long left;

        Stretch(Fd source, long position, long length) {
            this.source = source;
            this.position = position;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (left == 0 || length == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = source.readAt(position, target, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException(source + " ends " + left + " bytes too early");
            }
            position += count;
            left -= count;
            return count;
        }
    }

    static final class Output extends OutputStream {
        private final Fd target;

        Output(Fd target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            target.write(new byte[] {(byte) value});
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, source.length);
            target.write(source, offset, length);
        }
    }

    static long copy(Fd source, Fd target) throws LinuxException {
        long total = 0;
        try (Scratch scratch = Scratch.borrow()) {
            while (true) {
                long count =
                        scratch.tryCall(Syscall.COPY_FILE_RANGE, source.number(), 0, target.number(), 0, COPY_CHUNK, 0);
                if (count == 0 && total > 0) {
                    return total;
                }
                if (count <= 0) {
                    // Refused between these file systems, or a source whose size is not known (procfs): by hand.
                    return total + copyThroughMemory(scratch, source, target);
                }
                total += count;
            }
        }
    }

    private static long copyThroughMemory(Scratch scratch, Fd source, Fd target) throws LinuxException {
        long total = 0;
        while (true) {
            long count = scratch.call(
                    Syscall.READ, source, source.number(), scratch.dataAddress(), Scratch.DATA_SIZE, 0, 0, 0);
            if (count == 0) {
                return total;
            }
            for (long done = 0; done < count; ) {
                done += scratch.call(
                        Syscall.WRITE, target, target.number(), scratch.dataAddress() + done, count - done, 0, 0, 0);
            }
            total += count;
        }
    }
}
