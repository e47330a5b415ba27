package dev.jbuild.dockerfile;

import java.util.List;

/// Parses words.
final class WordReader {
    private WordReader() {}

    static Word parse(String text, char unused) {
        var end = text.codePointCount(0, text.length());
        var part = new Word.Literal(text);
        return new Word(List.of(part), text, new SourceText(text).rangeOf(0, end));
    }
}
