package dev.jbuild.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The second half of a child's life as a program of its own: the stub and its list in a sealed file in memory.
///
/// An executable of fixed addresses (elf(5)): one page range to execute, one to read and write, no interpreter.
final class ElfProgram {
    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final int CODE = 256;
    private static final long TEXT = 0x400000;
    /// As large as the largest page of a supported processor.
    private static final int ALIGNMENT = 0x10000;

    private ElfProgram() {}

    /// Writes a program that runs the list in `image`, which was laid out for [Stub#PROGRAM_HEADER].
    ///
    /// @return the open file; the caller closes it
    static Fd write(byte[] image) throws LinuxException {
        Fd file = Fd.inMemory("jbuild-step");
        try {
            file.write(start());
            file.writeAt(ALIGNMENT, image, 0, image.length);
            writeDataSize(file, image.length);
            file.seal();
            return file;
        } catch (LinuxException failure) {
            file.close();
            throw failure;
        }
    }

    private static byte[] start() {
        byte[] code = Stub.code(Machine.CURRENT);
        int size = CODE + code.length;
        var bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        bytes.putShort((short) 2); // ET_EXEC
        bytes.putShort((short) (Machine.CURRENT == Machine.X86_64 ? 62 : 183));
        bytes.putInt(1).putLong(TEXT + CODE).putLong(HEADER).putLong(0).putInt(0);
        bytes.putShort((short) HEADER).putShort((short) SEGMENT).putShort((short) 3);
        bytes.position(HEADER);
        putSegment(bytes, 1, 5, 0, TEXT, size); // PT_LOAD, read and execute
        putSegment(bytes, 1, 6, ALIGNMENT, Stub.PROGRAM_HEADER, 0); // PT_LOAD, read and write
        putSegment(bytes, 0x6474e551, 6, 0, 0, 0); // PT_GNU_STACK, not executable
        return bytes.put(CODE, code).array();
    }

    private static void putSegment(ByteBuffer bytes, int type, int flags, long offset, long address, long size) {
        bytes.putInt(type).putInt(flags).putLong(offset).putLong(address).putLong(address);
        bytes.putLong(size).putLong(size).putLong(ALIGNMENT);
    }

    private static void writeDataSize(Fd file, long size) throws LinuxException {
        var sizes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        sizes.putLong(size).putLong(size);
        file.writeAt(HEADER + SEGMENT + 32, sizes.array(), 0, 16);
    }
}
