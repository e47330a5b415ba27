package dev.jbuild.debug;

import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.Examination;

/// The lines of the file that BuildKit blames for an error: those of the whole instruction.
///
/// @param start counted from 1; 0 is a file without any line
/// @param end of the last line
record ErrorLines(int start, int end) {

    static ErrorLines of(Diagnostic error, Examination examination) {
        var line = error.range().startLine();
        return switch (error.rule()) {
            // BuildKit counts a line only when it has been read.
            case "repeated-directive", "escape-directive", "line-too-long" -> new ErrorLines(line - 1, line - 1);
            case "empty-file" -> new ErrorLines(0, 0);
            case "no-instructions" -> last(examination);
            default -> instruction(line, examination);
        };
    }

    private static ErrorLines last(Examination examination) {
        var text = examination.source().text();
        var breaks = (int) text.chars().filter(each -> each == '\n').count();
        var count = text.endsWith("\n") ? breaks : breaks + 1;
        return new ErrorLines(count, count);
    }

    private static ErrorLines instruction(int line, Examination examination) {
        for (var node : examination.tree().nodes()) {
            if (line <= node.endLine()) {
                return new ErrorLines(node.startLine(), node.endLine());
            }
        }
        return new ErrorLines(line, line);
    }
}
