package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.antlr.DockerfileLexer;
import dev.jbuild.dockerfile.antlr.DockerfileParser.PathsContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.WordContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/// Reads lists of words: between blanks, or the strings of a JSON array.
final class WordList {
    private final Reading reading;

    WordList(Reading reading) {
        this.reading = reading;
    }

    /// @param keyword of the instruction, for the advice how to write blanks
    List<Word> read(PathsContext node, String keyword) {
        if (node.NOT_STRINGS() != null) {
            JsonStrings.refuse(node.NOT_STRINGS().getSymbol(), reading);
            return List.of();
        }
        if (node.array() == null) {
            return read(node.words().word(), keyword);
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
        for (var i = 0; i < nodes.size(); i++) {
            var first = nodes.get(i).getStart();
            var last = closingWord(nodes, i);
            if (last > i) {
                refuseBlank(nodes.subList(i, last + 1), keyword);
                for (; i < last; i++) {
                    words.add(plain(nodes.get(i).getStart()));
                }
                words.add(plain(nodes.get(i).getStart()));
            } else {
                words.add(isPlain(first) ? plain(first) : reading.word(first));
            }
        }
        return words;
    }

    private Word plain(Token word) {
        return reading.words().plain(reading.slice(word), reading.offset(word.getStartIndex()));
    }

    /// Whether a word holds nothing to expand or take off, or opens a here-document.
    private static boolean isPlain(Token word) {
        if (word.getType() == DockerfileLexer.HEREDOC) {
            return true;
        }
        var text = word.getText();
        for (var i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '"', '\'', '\\', '`', '$' -> {
                    return false;
                }
                default -> {}
            }
        }
        return true;
    }

    /// Returns the index of the word in which a quote ends that the word at `first` opens; `first` if none stays open.
    private int closingWord(List<WordContext> nodes, int first) {
        var open = openQuote(nodes.get(first).getStart());
        if (open == 0) {
            return first;
        }
        for (var i = first + 1; i < nodes.size(); i++) {
            if (nodes.get(i).getText().indexOf(open) >= 0) {
                return i;
            }
        }
        return first;
    }

    private int openQuote(Token word) {
        if (isPlain(word)) {
            return 0;
        }
        var text = word.getText();
        var quote = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == reading.escape() && quote != '\'') {
                i++;
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            }
        }
        return quote;
    }

    private void refuseBlank(List<WordContext> nodes, String keyword) {
        reading.error(
                Rule.QUOTED_BLANK,
                reading.rangeOf(
                        nodes.getFirst().getStart().getStartIndex(),
                        nodes.getLast().getStop().getStopIndex() + 1),
                "quotes do not hold words together in " + keyword,
                keyword + " [\"a path with blanks\", \"...\"]");
    }
}
