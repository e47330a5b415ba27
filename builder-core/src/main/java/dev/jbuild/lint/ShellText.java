package dev.jbuild.lint;

import java.util.ArrayList;
import java.util.List;

/// Takes a shell script apart into the words of its commands, quotes taken off; used once.
final class ShellText {
    private static final String SEPARATORS = "\n;&|()`";

    private final String script;
    private final List<List<String>> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    ShellText(String script) {
        this.script = script;
    }

    List<List<String>> commands() {
        while (at < script.length()) {
            read(script.charAt(at++));
        }
        endCommand();
        return commands;
    }

    private void read(char character) {
        if (SEPARATORS.indexOf(character) >= 0) {
            endCommand();
        } else if (Character.isWhitespace(character)) {
            endWord();
        } else if (character == '#' && !inWord) {
            var end = script.indexOf('\n', at);
            at = end < 0 ? script.length() : end;
        } else {
            readInWord(character);
        }
    }

    private void readInWord(char character) {
        switch (character) {
            case '\\' -> {
                if (at < script.length()) {
                    var next = script.charAt(at++);
                    if (next != '\n') {
                        append(next);
                    }
                }
            }
            case '\'', '"' -> {
                inWord = true;
                while (at < script.length() && script.charAt(at) != character) {
                    if (character == '"' && script.charAt(at) == '\\' && at + 1 < script.length()) {
                        at++;
                    }
                    word.append(script.charAt(at++));
                }
                at++;
            }
            default -> append(character);
        }
    }

    private void append(char character) {
        inWord = true;
        word.append(character);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private void endCommand() {
        endWord();
        if (!words.isEmpty()) {
            commands.add(words);
            words = new ArrayList<>();
        }
    }
}
