package dev.jbuild.dockerfile;

/// Parses words.
final class WordReader {
    private WordReader() {}

    static Word parse(String text, char escape) {
        throw new UnsupportedOperationException("not there yet: " + text + escape);
    }
}
