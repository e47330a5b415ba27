package dev.jbuild.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The machine code in the Java source is what an assembler makes of the source beside it.
class StubTest {
    @Test
    void codeForX8664IsItsSourceAssembled(@TempDir Path directory) throws Exception {
        assertThat(assemble(directory, "stub-x86_64.s", "x86_64-linux-gnu-", "as", "objcopy"))
                .isEqualTo(Stub.code(Machine.X86_64));
    }

    @Test
    void codeForAarch64IsItsSourceAssembled(@TempDir Path directory) throws Exception {
        assertThat(assemble(directory, "stub-aarch64.s", "aarch64-linux-gnu-", "as", "objcopy"))
                .isEqualTo(Stub.code(Machine.AARCH64));
    }

    private static byte[] assemble(Path directory, String name, String prefix, String assembler, String copy)
            throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/" + prefix + assembler)), "no " + prefix + assembler + " here");
        Path source = directory.resolve(name);
        try (InputStream resource = Stub.class.getResourceAsStream(name)) {
            Files.copy(resource, source);
        }
        Path object = directory.resolve("stub.o");
        Path code = directory.resolve("stub.bin");
        run(List.of(prefix + assembler, "-o", object.toString(), source.toString()));
        run(List.of(prefix + copy, "-O", "binary", "-j", ".text", object.toString(), code.toString()));
        return Files.readAllBytes(code);
    }

    private static void run(List<String> command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
