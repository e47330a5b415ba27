package dev.jbuild.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogTailTest {
    private final LogTail tail = new LogTail(3);

    @Test
    void keepsTheLastLines() {
        add(0, "a\nb\nc\nd\n");

        assertThat(lines()).containsExactly("0.000 b", "0.000 c", "0.000 d");
    }

    @Test
    void aLineInPartsHasTheTimeOfItsFirst() {
        add(80, "com");
        add(1200, "piling\n");
        add(12_345, "done");

        assertThat(lines()).containsExactly("0.080 compiling", "12.35 done");
    }

    @Test
    void emptyLinesCount() {
        add(0, "\n\n");

        assertThat(lines()).containsExactly("0.000 ", "0.000 ");
    }

    @Test
    void aLineWithoutEndTakesNoMoreThanItsLimit() {
        for (int i = 0; i < 10_000; i++) {
            add(0, "0123456789");
        }

        assertThat(tail.last(1).getFirst()).hasSize(LogTail.LONGEST_LINE);
    }

    private void add(long millis, String text) {
        tail.add(Duration.ofMillis(millis), text.getBytes(StandardCharsets.UTF_8));
    }

    private java.util.List<String> lines() {
        return tail.timedLines().stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }
}
