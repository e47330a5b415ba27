package dev.jbuild.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.event.BuildEvent;
import dev.jbuild.event.BuildEvent.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final LiveView view = new LiveView(shown::writeBytes, () -> 0);

    @Test
    void finishedStepsStayAndRunningOnesAreErased() {
        var compile = step("[build 2/3] RUN make");
        view.started(compile);
        compile.tail().add(Duration.ofMillis(5), "compiling\n".getBytes(StandardCharsets.UTF_8));
        view.tick(Duration.ofSeconds(3).toNanos());
        view.finished(compile, new Outcome.Done(), Duration.ofMillis(3200));
        view.close();

        assertThat(screen()).isEqualTo("=>     3.2s [build 2/3] RUN make\n");
    }

    @Test
    void everyOutcomeHasItsWord() {
        finish(new Outcome.Cached());
        finish(new Outcome.Canceled());
        finish(new Outcome.Failed("exit code: 1"));
        view.notice(BuildEvent.Level.WARNING, "careful");
        view.close();

        assertThat(screen()).isEqualTo("=>   CACHED x\n=> CANCELED x\n=>    ERROR x\nWARN: careful\n");
    }

    @Test
    void aRunningStepShowsItsTimeAndLastLines() {
        var step = step("RUN make");
        view.started(step);
        step.tail().add(Duration.ZERO, "1\n2\n3\n4\n5\nhalf".getBytes(StandardCharsets.UTF_8));
        view.tick(Duration.ofMillis(1500).toNanos());

        assertThat(screen())
                .isEqualTo(
                        "[+] 1.5s, 0 steps done, 1 running\n=>     1.5s RUN make\n   # 3\n   # 4\n   # 5\n   # half\n");
    }

    @Test
    void manyStepsTakeFewLines() {
        for (int i = 0; i < 50; i++) {
            view.started(step("step " + i));
        }
        view.tick(0);

        assertThat(screen().lines().count()).isLessThanOrEqualTo(10);
    }

    private void finish(Outcome outcome) {
        var step = step("x");
        view.started(step);
        view.finished(step, outcome, Duration.ZERO);
    }

    private static Step step(String name) {
        return new Step(name, 0, new LogTail(10), null);
    }

    /// {@return what a terminal would show: the sequences that this view uses are carried out}
    private String screen() {
        var lines = new java.util.ArrayList<String>();
        var text = shown.toString(StandardCharsets.UTF_8);
        int i = 0;
        var line = new StringBuilder();
        while (i < text.length()) {
            char character = text.charAt(i++);
            if (character == '\n') {
                lines.add(line.toString());
                line.setLength(0);
            } else if (character == '\033') {
                int end = i + 1;
                while (!Character.isLetter(text.charAt(end))) {
                    end++;
                }
                if (text.charAt(end) == 'A') {
                    int up = Integer.parseInt(text.substring(i + 1, end));
                    lines.subList(lines.size() - up, lines.size()).clear();
                }
                i = end + 1;
            } else if (character != '\r') {
                line.append(character);
            }
        }
        assertThat(line).as("the last line is complete").isEmpty();
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
