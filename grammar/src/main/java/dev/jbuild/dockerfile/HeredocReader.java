package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.DockerfileLexer;
import dev.jbuild.dockerfile.antlr.DockerfileParser.HeredocContext;
import dev.jbuild.dockerfile.antlr.HeredocOpening.InLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings the opening words of here-documents and their bodies together.
final class HeredocReader {
    private final Reading reading;

    HeredocReader(Reading reading) {
        this.reading = reading;
    }

    /// Returns the here-documents of the line that is read; a body that does not end is reported.
    ///
    /// @param bodies in the order of their opening words
    /// @param expanding whether the builder expands what is in the body, unless the delimiter is quoted
    List<Heredoc> read(List<HeredocContext> bodies, boolean expanding) {
        var heredocs = new ArrayList<Heredoc>();
        if (bodies.isEmpty() && !reading.endsInHeredoc()) {
            return heredocs;
        }
        for (var opening : reading.heredocOpenings()) {
            var body = heredocs.size() < bodies.size() ? bodies.get(heredocs.size()) : null;
            heredocs.add(read(opening, body, expanding));
        }
        return heredocs;
    }

    private Heredoc read(InLine opening, @Nullable HeredocContext body, boolean expanding) {
        var range = reading.rangeInLine(opening.start(), opening.text().length());
        var end = body == null ? null : Reading.find(body, DockerfileLexer.HEREDOC_END);
        if (body == null || end == null) {
            var name = opening.opening().name();
            reading.error(
                    Rule.UNTERMINATED_HEREDOC,
                    range,
                    "the here-document '" + name + "' does not end",
                    "a line that holds nothing but " + name);
            return heredoc(opening, "", null, range);
        }
        var start = Reading.start(body);
        var content = reading.slice(start, end.getStartIndex());
        Word word = null;
        if (expanding && !opening.opening().quoted()) {
            var lines = opening.opening().chomp() ? Reading.withoutLeadingTabs(content) : content;
            word = reading.words().readBody(lines, reading.offset(start));
        }
        return heredoc(opening, content.toString(), word, range);
    }

    private static Heredoc heredoc(InLine written, String content, @Nullable Word body, SourceRange range) {
        var opening = written.opening();
        return new Heredoc(
                opening.name(),
                written.text(),
                content,
                body,
                !opening.quoted(),
                opening.chomp(),
                opening.fileDescriptor(),
                range);
    }
}
