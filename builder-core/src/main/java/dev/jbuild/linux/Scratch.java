package dev.jbuild.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Native memory for the arguments of one call, borrowed from a small pool.
///
/// Not a thread local: there are as many virtual threads as tasks, and each would keep one. Not shared while
/// borrowed, so a virtual thread may lose its carrier between filling and calling.
final class Scratch implements AutoCloseable {
    /// How many bytes [#data] has: large enough that copying costs less than the call.
    static final int DATA_SIZE = 128 * 1024;

    private static final int PATH_MAX = 4096;
    private static final int SMALL = 16;
    private static final int FIRST_PATH = 512;
    private static final int SECOND_PATH = FIRST_PATH + PATH_MAX;
    private static final int DATA = SECOND_PATH + PATH_MAX;

    private static final AtomicReferenceArray<Scratch> POOL = new AtomicReferenceArray<>(16);

    private final MemorySegment memory = Arena.ofAuto().allocate(DATA + DATA_SIZE, 16);
    private final long address = memory.address();

    /// 496 bytes for a structure.
    final MemorySegment small = memory.asSlice(SMALL, FIRST_PATH - SMALL);

    /// The same 496 bytes in the byte order of the machine.
    final ByteBuffer smallBytes = small.asByteBuffer().order(ByteOrder.nativeOrder());

    /// [#DATA_SIZE] bytes.
    final MemorySegment data = memory.asSlice(DATA, DATA_SIZE);

    private Scratch() {}

    /// Looks in every place of the pool: making one clears all its memory, which takes longer than many calls.
    static Scratch borrow() {
        for (int place = 0; place < POOL.length(); place++) {
            Scratch pooled = POOL.get(place) == null ? null : POOL.getAndSet(place, null);
            if (pooled != null) {
                return pooled;
            }
        }
        return new Scratch();
    }

    /// Gives the memory back; when the pool is full, it is left to the garbage collector.
    @Override
    public void close() {
        for (int place = 0; place < POOL.length(); place++) {
            if (POOL.get(place) == null && POOL.compareAndSet(place, null, this)) {
                return;
            }
        }
    }

    long smallAddress() {
        return address + SMALL;
    }

    long dataAddress() {
        return address + DATA;
    }

    /// Writes `path` as a C string and returns its address.
    long path(String call, ByteString path) throws LinuxException {
        return cString(FIRST_PATH, call, path);
    }

    /// A place for a second path of the same call.
    long otherPath(String call, ByteString path) throws LinuxException {
        return cString(SECOND_PATH, call, path);
    }

    /// Does the call, and throws when it failed.
    ///
    /// @param object what an error message should name
    long call(Syscall call, Object object, long a, long b, long c, long d, long e, long f) throws LinuxException {
        long result = LinuxSyscalls.call(memory, call, a, b, c, d, e, f);
        if (result < 0) {
            throw new LinuxException(call.manualName(), object.toString(), (int) -result);
        }
        return result;
    }

    /// Does the call, and returns the negated errno when it failed.
    long tryCall(Syscall call, long a, long b, long c, long d, long e, long f) {
        return LinuxSyscalls.call(memory, call, a, b, c, d, e, f);
    }

    private long cString(int offset, String call, ByteString path) throws LinuxException {
        byte[] bytes = path.array();
        if (bytes.length >= PATH_MAX) {
            throw new LinuxException(call, path.toString(), Errno.ENAMETOOLONG.number());
        }
        if (path.indexOf(0) >= 0) {
            throw new LinuxException(call, path.toString(), Errno.EINVAL.number());
        }
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, offset, bytes.length);
        memory.set(ValueLayout.JAVA_BYTE, offset + (long) bytes.length, (byte) 0);
        return address + offset;
    }
}
