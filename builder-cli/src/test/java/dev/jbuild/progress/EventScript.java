package dev.jbuild.progress;

import dev.jbuild.event.BuildEvent;
import dev.jbuild.event.BuildEvent.Outcome;
import dev.jbuild.linux.ByteString;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Events of a build as text, one a line: `SECONDS VERB [STEP] [TEXT]`.
///
/// Verbs are `start`, `out`, `done`, `cached`, `canceled`, `failed`, `info`, `warning` and `tick`. In a text, `\n`,
/// `\r` and `\e` stand for a line end, a carriage return and an escape character.
final class EventScript {
    private final Map<Integer, Duration> starts = new HashMap<>();
    private Duration now = Duration.ZERO;

    long nanoTime() {
        return now.toNanos();
    }

    void play(List<String> lines, BuildProgress progress) {
        for (var line : lines) {
            if (!line.isBlank() && !line.startsWith("//")) {
                play(line.split(" ", 4), progress);
            }
        }
        progress.close();
    }

    private void play(String[] words, BuildProgress progress) {
        now = Duration.ofMillis(Math.round(Double.parseDouble(words[0]) * 1000));
        switch (words[1]) {
            case "tick" -> progress.tick();
            case "info", "warning" -> {
                var level = words[1].equals("info") ? BuildEvent.Level.INFO : BuildEvent.Level.WARNING;
                progress.on(new BuildEvent.Notice(level, words[2] + " " + words[3]));
            }
            default -> progress.on(stepEvent(words[1], Integer.parseInt(words[2]), words.length > 3 ? words[3] : ""));
        }
    }

    private BuildEvent stepEvent(String verb, int step, String text) {
        if (verb.equals("start")) {
            starts.put(step, now);
            return new BuildEvent.StepStarted(step, text);
        }
        var elapsed = now.minus(starts.get(step));
        return switch (verb) {
            case "out" -> new BuildEvent.StepOutput(step, BuildEvent.OutputStreamKind.STDOUT, elapsed, unescaped(text));
            case "done" -> new BuildEvent.StepFinished(step, new Outcome.Done(), elapsed);
            case "cached" -> new BuildEvent.StepFinished(step, new Outcome.Cached(), elapsed);
            case "canceled" -> new BuildEvent.StepFinished(step, new Outcome.Canceled(), elapsed);
            case "failed" -> new BuildEvent.StepFinished(step, new Outcome.Failed(text), elapsed);
            default -> throw new IllegalArgumentException(verb);
        };
    }

    private static ByteString unescaped(String text) {
        return ByteString.of(text.replace("\\n", "\n").replace("\\r", "\r").replace("\\e", "\033"));
    }
}
