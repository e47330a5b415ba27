package dev.jbuild.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The machine code that runs a list of system calls; its source is `stub-x86_64.s` and `stub-aarch64.s`.
///
/// It is mapped once, written, and from then on only executable.
final class Stub {
    /// Where the header stands when the stub runs in a program of its own, see [ElfProgram].
    static final long PROGRAM_HEADER = 0x410000;

    private static final String X86_64 =
            "bf0000410048895f0848896f104889fd488d5f50488b034885c00f88a3000000488b7b08f64342017403488b3f488b73"
                    + "10f64342027403488b36488b5318f64342047403488b124c8b5320f643420874034d8b124c8b4328f643421074034d8b"
                    + "004c8b4b30f643422074034d8b090f0548894338483d01f0ffff7325f6434302750bf643430174104885c0740b0fb74b"
                    + "40486bc9504801cb4883c350e973ffffff48f7d8488b4b484883f83f760231c0480fa3c172d748895d18488b5d00e951"
                    + "ffffff488b5d08488b6d10c3";
    private static final String AARCH64 =
            "2008a0d213d000a9f40300aa13400191680240f94805f8b7690a4139600640f949000036000040f9610a40f949000836"
                    + "210040f9620e40f949001036420040f9631240f949001836630040f9641640f949002036840040f9651a40f949002836"
                    + "a50040f9010000d4601e00f91ffc3fb142010054690e413969000837a9000036800000b4698240790a0a80d2334d0a9b"
                    + "73420191dfffff17e00300cb692640f91ffc00f100909f9a2925c09ac9fe0737930e00f9930240f9d6ffff1793d240a9"
                    + "c0035fd6";

    private static final int PROT_READ_WRITE = 3;
    private static final int PROT_READ_EXECUTE = 5;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int MAPPED_SIZE = 0x10000;

    private static @Nullable MemorySegment mapped;

    private Stub() {}

    /// {@return the code for a processor}
    static byte[] code(Machine machine) {
        return HexFormat.of().parseHex(machine == Machine.X86_64 ? X86_64 : AARCH64);
    }

    /// Runs the list at `header` in this process.
    static void run(long header) throws LinuxException {
        // The first instruction, for the program, loads its fixed address: step over it.
        int entry = Machine.CURRENT == Machine.X86_64 ? 5 : 4;
        long ignored = LinuxSyscalls.enter(mapped().asSlice(entry), header);
    }

    private static synchronized MemorySegment mapped() throws LinuxException {
        MemorySegment known = mapped;
        if (known == null) {
            known = map(code(Machine.CURRENT));
            mapped = known;
        }
        return known;
    }

    private static MemorySegment map(byte[] code) throws LinuxException {
        try (Scratch scratch = Scratch.borrow()) {
            long address =
                    scratch.call(Syscall.MMAP, "stub", 0, MAPPED_SIZE, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
            MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(MAPPED_SIZE);
            MemorySegment.copy(code, 0, memory, ValueLayout.JAVA_BYTE, 0, code.length);
            scratch.call(Syscall.MPROTECT, "stub", address, MAPPED_SIZE, PROT_READ_EXECUTE, 0, 0, 0);
            return memory.asReadOnly();
        }
    }
}
