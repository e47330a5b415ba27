package dev.jbuild.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.linux.LinuxException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class UnwritableExceptionTest {
    private static final String NEXT = "; free its disk or name another place";

    @Test
    void aReasonThatIsOnlyANameGetsItsWords() {
        assertThat(message(new NoSuchFileException("/proc/x"))).isEqualTo("/proc/x: no such file or directory");
        assertThat(message(new AccessDeniedException("/a"))).isEqualTo("/a: permission denied");
        assertThat(message(new FileSystemException("/a"))).isEqualTo("/a cannot be made");
        assertThat(message(new IOException("No space left on device"))).isEqualTo("No space left on device");
        assertThat(message(new LinuxException("open", "x.part", 2)))
                .isEqualTo("open x.part: no such file or directory (ENOENT)");
    }

    private static String message(IOException failure) {
        String message = new UnwritableException("output 'o'", failure).getMessage();
        assertThat(message).startsWith("output 'o' cannot be written: ").endsWith(NEXT);
        return message.substring("output 'o' cannot be written: ".length(), message.length() - NEXT.length());
    }
}
