package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.event.BuildEvent.Warning;
import dev.jbuild.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarningSummaryTest {
    private static final Warning CASING = new Warning("StageNameCasing: a (line 1)", "why\nMore info: where");
    private static final Warning ARGUMENT = new Warning("build argument 'X' was not consumed", "");

    private static String print(boolean live, boolean expanded, Warning... warnings) {
        var messages = new ByteArrayOutputStream();
        var terminal = new Terminal(OutputStream.nullOutputStream(), messages, live, live);
        WarningSummary.print(List.of(warnings), expanded, terminal);
        return messages.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutWarningsThereIsNothingToSay() {
        assertThat(print(false, false)).isEmpty();
    }

    @Test
    void oneLineForEachWarning() {
        assertThat(print(false, false, CASING))
                .isEqualTo("\n 1 warning found (use --debug to expand):\n - StageNameCasing: a (line 1)\n");
        assertThat(print(false, false, CASING, ARGUMENT))
                .startsWith("\n 2 warnings found (use --debug to expand):\n - ");
    }

    @Test
    void expandedSaysWhy() {
        assertThat(print(false, true, CASING, ARGUMENT)).isEqualTo("""

                 2 warnings found:
                 - StageNameCasing: a (line 1)
                why
                More info: where
                 - build argument 'X' was not consumed
                """);
    }

    @Test
    void headingIsYellowOnALiveTerminal() {
        assertThat(print(true, false, CASING))
                .startsWith("\n \033[33m1 warning found (use --debug to expand):\033[0m\n");
    }
}
