package dev.jbuild.frontend;

import java.util.ArrayList;
import java.util.List;

/// Words as they grow, parted by blanks.
final class WordSplitter {
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inside;

    /// Adds text in which blanks mean nothing.
    void append(String text) {
        word.append(text);
        inside = true;
    }

    /// Adds text as written: blanks part words, but not behind `<<`, where the delimiter of a here-document follows.
    void appendText(String text) {
        for (int i = 0; i < text.length(); i++) {
            appendSplit(text.substring(i, i + 1));
            if (text.charAt(i) == '<' && i + 1 < text.length() && text.charAt(i + 1) == '<') {
                append("<");
                for (i++; i + 1 < text.length() && isInnerBlank(text.charAt(i + 1)); i++) {
                    append(text.substring(i + 1, i + 2));
                }
            }
        }
    }

    private static boolean isInnerBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    /// Adds the value of a variable.
    void appendSplit(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!GoText.isSpace(value.charAt(i))) {
                append(value.substring(i, i + 1));
            } else if (inside && !word.isEmpty()) {
                endWord();
                inside = false;
            }
        }
    }

    /// BuildKit loses what stands directly before a substitution such as `${name:-word}`; an image must not depend on
    /// who built it.
    void forgetUnfinished() {
        word.setLength(0);
    }

    List<String> finish() {
        if (!word.isEmpty()) {
            endWord();
        }
        return words;
    }

    private void endWord() {
        words.add(word.toString());
        word.setLength(0);
    }
}
