package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.DockerfileLexer;
import dev.jbuild.dockerfile.antlr.DockerfileParser.PathsContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.WordContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.tree.TerminalNode;

/// Reads lists of words: between blanks, or the strings of a JSON array.
final class WordList {
    private final Reading reading;

    WordList(Reading reading) {
        this.reading = reading;
    }

    /// @param keyword of the instruction, for the advice how to write blanks
    List<Word> read(PathsContext node, String keyword) {
        if (node.array() == null) {
            return read(node.word(), keyword);
        }
        var words = new ArrayList<Word>();
        var at = reading.offset(Reading.start(node));
        for (var string : JsonStrings.of(node.array(), reading)) {
            words.add(reading.words().read(string, at));
        }
        return words;
    }

    List<Word> read(List<WordContext> nodes, String keyword) {
        var words = new ArrayList<Word>();
        for (var node : nodes) {
            words.add(word(node, keyword));
        }
        return words;
    }

    private Word word(WordContext node, String keyword) {
        var text = reading.slice(node);
        var at = reading.offset(Reading.start(node));
        var plain = true;
        for (var child : node.children) {
            var token = ((TerminalNode) child).getSymbol();
            switch (token.getType()) {
                case DockerfileLexer.HEREDOC -> {
                    return reading.words().plain(text, at);
                }
                case DockerfileLexer.SPECIAL, DockerfileLexer.STRING, DockerfileLexer.QUOTED -> plain = false;
                default -> {}
            }
            if (token.getType() != DockerfileLexer.SPECIAL && holdsBlank(token.getText())) {
                reading.error(
                        "quoted-blank",
                        reading.rangeOf(token),
                        "quotes do not hold words together in " + keyword,
                        keyword + " [\"a path with blanks\", \"...\"]");
                return reading.words().plain(text, at);
            }
        }
        return plain ? reading.words().plain(text, at) : reading.words().read(text, at);
    }

    private static boolean holdsBlank(String text) {
        return text.indexOf(' ') >= 0 || text.indexOf('\t') >= 0;
    }
}
