package dev.jbuild.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// A program that prints a line and ends well, and needs nothing but a kernel: an image with it alone can run steps.
///
/// An executable file (elf(5)) of one header, one segment that is read and executed, and the calls write(2) and
/// exit(2).
final class StaticProgram {
    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final long ADDRESS = 0x400000;
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;
    private static final String TEXT = "646f6e650a";

    /// `mov eax, 1; mov edi, 1; lea rsi, text; mov edx, 5; syscall; mov eax, 60; xor edi, edi; syscall`
    private static final String X86_64_CODE = "b801000000" + "bf01000000" + "488d3510000000" + "ba05000000" + "0f05"
            + "b83c000000" + "31ff" + "0f05" + TEXT;

    /// `mov x8, 64; mov x0, 1; adr x1, text; mov x2, 5; svc 0; mov x8, 93; mov x0, 0; svc 0`
    private static final String AARCH64_CODE = "080880d2" + "200080d2" + "c1000010" + "a20080d2" + "010000d4"
            + "a80b80d2" + "000080d2" + "010000d4" + TEXT;

    private StaticProgram() {}

    /// {@return the bytes of the program for the processor that this JVM runs on}
    static byte[] ofThisMachine() {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        byte[] code = HexFormat.of().parseHex(arm ? AARCH64_CODE : X86_64_CODE);
        int start = HEADER + SEGMENT;
        var bytes = ByteBuffer.allocate(start + code.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        bytes.putShort((short) 2).putShort((short) (arm ? AARCH64 : X86_64)); // ET_EXEC
        bytes.putInt(1).putLong(ADDRESS + start).putLong(HEADER).putLong(0).putInt(0);
        bytes.putShort((short) HEADER).putShort((short) SEGMENT).putShort((short) 1);
        bytes.position(HEADER);
        bytes.putInt(1).putInt(5).putLong(0).putLong(ADDRESS).putLong(ADDRESS); // PT_LOAD, read and execute
        bytes.putLong(bytes.capacity()).putLong(bytes.capacity()).putLong(0x10000);
        return bytes.put(start, code).array();
    }
}
