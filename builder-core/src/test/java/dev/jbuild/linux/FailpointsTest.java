package dev.jbuild.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class FailpointsTest {
    private final MemorySegment memory = Arena.ofAuto().allocate(64, 8);

    private long write(Failpoints failpoints, Fd file, int length) {
        return failpoints.call(memory, Syscall.WRITE, file.number(), memory.address() + 16, length, 0, 0, 0);
    }

    @Test
    void onlyTheNamedCallFails() throws Exception {
        var failpoints = Failpoints.of("change:2:ENOSPC", null);
        try (Fd file = Fd.inMemory("test")) {
            assertThat(write(failpoints, file, 8)).isEqualTo(8);
            assertThat(write(failpoints, file, 8)).isEqualTo(-Errno.ENOSPC.number());
            assertThat(write(failpoints, file, 8)).isEqualTo(8);
            assertThat(file.status().size()).isEqualTo(16);
        }
    }

    @Test
    void aPlusMeansAllLaterCallsToo() throws Exception {
        var failpoints = Failpoints.of("change:2+:EIO", null);
        try (Fd file = Fd.inMemory("test")) {
            assertThat(write(failpoints, file, 8)).isEqualTo(8);
            assertThat(write(failpoints, file, 8)).isEqualTo(-Errno.EIO.number());
            assertThat(write(failpoints, file, 8)).isEqualTo(-Errno.EIO.number());
        }
    }

    @Test
    void aShortWriteIsOneByte() throws Exception {
        try (Fd file = Fd.inMemory("test")) {
            assertThat(write(Failpoints.of("change:1:short", null), file, 8)).isEqualTo(1);
        }
    }

    @Test
    void kindsAreCountedForThemselves() throws Exception {
        var failpoints = Failpoints.of("read:1:EIO", null);
        try (Fd file = Fd.inMemory("test")) {
            assertThat(write(failpoints, file, 8)).isEqualTo(8);
            long read = failpoints.call(memory, Syscall.PREAD64, file.number(), memory.address() + 16, 8, 0, 0, 0);
            assertThat(read).isEqualTo(-Errno.EIO.number());
        }
    }

    @Test
    void openingIsAChangeWhenItMayCreate() {
        assertThat(FailpointKind.of(Syscall.OPENAT, 0100)).isEqualTo(FailpointKind.CHANGE);
        assertThat(FailpointKind.of(Syscall.OPENAT, 0)).isEqualTo(FailpointKind.READ);
        assertThat(FailpointKind.of(Syscall.CLOSE, 0)).isNull();
    }

    @Test
    void aPointHasThreeParts() {
        assertThatThrownBy(() -> Failpoints.of("change:1", null))
                .hasMessage("jbuild.failpoint 'change:1' is not KIND:NUMBER:ACTION");
        assertThat(memory.get(ValueLayout.JAVA_INT, 0)).isZero();
    }
}
