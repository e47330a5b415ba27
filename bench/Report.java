import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The results in the two forms in which they are kept.
///
/// @param facts sentences about the machine, the programs and the run, without a full stop
record Report(List<String> facts, List<String> builders, List<Result> results) {
    Report {
        facts = List.copyOf(facts);
        builders = List.copyOf(builders);
        results = List.copyOf(results);
    }

    /// {@return a Markdown table below the facts}
    String markdown() {
        var text = new StringBuilder(String.join(". ", facts)).append(".\n\n| median seconds |");
        builders.forEach(builder -> text.append(" ").append(builder).append(" |"));
        text.append(" ratio | target | peak MB |\n|---|");
        builders.forEach(builder -> text.append("---|"));
        text.append("---|---|---|\n");
        for (Result result : results) {
            text.append("| ").append(result.step()).append(" |");
            builders.forEach(builder -> text.append(" ")
                    .append(decimal(result.medianMillis(builder) / 1000.0))
                    .append(" |"));
            text.append(" ").append(Double.isNaN(result.ratio()) ? "" : decimal(result.ratio()));
            text.append(" | ").append(result.target() == 0 ? "" : decimal(result.target()));
            text.append(" | ").append(peaks(result)).append(" |\n");
        }
        return text.toString();
    }

    private String peaks(Result result) {
        List<String> peaks = new ArrayList<>();
        builders.forEach(builder -> peaks.add(Long.toString(Math.round(result.peakKib(builder) / 1024.0))));
        return String.join(" / ", peaks);
    }

    /// {@return every single run}
    String json() {
        List<String> steps = new ArrayList<>();
        for (Result result : results) {
            List<String> members = new ArrayList<>();
            members.add("\"step\": " + quoted(result.step()));
            if (!Double.isNaN(result.ratio())) {
                members.add("\"ratio\": " + decimal(result.ratio()));
            }
            if (result.target() != 0) {
                members.add("\"target\": " + decimal(result.target()));
            }
            for (String builder : builders) {
                members.add(quoted(builder) + ": " + runs(result, builder));
            }
            steps.add("    {" + String.join(", ", members) + "}");
        }
        List<String> sentences = new ArrayList<>();
        facts.forEach(fact -> sentences.add("    " + quoted(fact)));
        return "{\n  \"facts\": [\n" + String.join(",\n", sentences) + "\n  ],\n  \"results\": [\n"
                + String.join(",\n", steps) + "\n  ]\n}\n";
    }

    private static String runs(Result result, String builder) {
        List<String> millis = new ArrayList<>();
        List<String> peaks = new ArrayList<>();
        for (Command.Measurement run : result.runs().get(builder)) {
            millis.add(Long.toString(run.millis()));
            peaks.add(Long.toString(run.peakKib()));
        }
        return "{\"medianMillis\": %d, \"millis\": [%s], \"peakKib\": [%s]}"
                .formatted(result.medianMillis(builder), String.join(", ", millis), String.join(", ", peaks));
    }

    /// Facts have no control characters.
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
