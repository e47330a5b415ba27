package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.DockerfileLexer;
import dev.jbuild.dockerfile.antlr.DockerfileParser.HeredocContext;
import dev.jbuild.dockerfile.antlr.HeredocOpening;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Brings the opening words of here-documents and their bodies together.
final class HeredocReader {
    private final Reading reading;

    HeredocReader(Reading reading) {
        this.reading = reading;
    }

    /// Returns one here-document for each opening word; a body that does not end is reported.
    ///
    /// @param expanding whether the builder expands what is in the body, unless the delimiter is quoted
    List<Heredoc> read(List<Token> openings, List<HeredocContext> bodies, boolean expanding) {
        var heredocs = new ArrayList<Heredoc>();
        for (var i = 0; i < openings.size(); i++) {
            var body = i < bodies.size() ? bodies.get(i) : null;
            heredocs.add(read(openings.get(i), body, expanding));
        }
        return heredocs;
    }

    private Heredoc read(Token token, @Nullable HeredocContext body, boolean expanding) {
        var opening = HeredocOpening.of(token.getText());
        var end = body == null ? null : Reading.find(body, DockerfileLexer.HEREDOC_END);
        if (body == null || end == null) {
            reading.error(
                    "unterminated-heredoc",
                    reading.rangeOf(token),
                    "the here-document '" + opening.name() + "' does not end",
                    "a line that holds nothing but " + opening.name());
            return heredoc(token, opening, "", null);
        }
        var start = Reading.start(body);
        var content = reading.slice(start, end.getStartIndex());
        Word word = null;
        if (expanding && !opening.quoted()) {
            var lines = opening.chomp() ? Reading.withoutLeadingTabs(content) : content;
            word = reading.words().readBody(lines, reading.offset(start));
        }
        return heredoc(token, opening, content.toString(), word);
    }

    private Heredoc heredoc(Token token, HeredocOpening opening, String content, @Nullable Word body) {
        return new Heredoc(
                opening.name(),
                token.getText(),
                content,
                body,
                !opening.quoted(),
                opening.chomp(),
                opening.fileDescriptor(),
                reading.rangeOf(token));
    }
}
