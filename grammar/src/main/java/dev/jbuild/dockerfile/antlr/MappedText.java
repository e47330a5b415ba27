package dev.jbuild.dockerfile.antlr;

import java.util.Arrays;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/// Input for a lexer that knows of each character where in the file it stands.
public class MappedText implements CharStream {
    private int[] characters;
    private int[] offsets;
    private int length;
    private int index;

    /// An empty text, to be filled by [#append(int, int)].
    public MappedText(int capacity) {
        characters = new int[Math.max(16, capacity)];
        offsets = new int[characters.length];
    }

    /// Returns a text whose every character stands in the file, or in no file, at its own index.
    public static MappedText of(String text) {
        var mapped = new MappedText(text.length());
        for (var at = 0; at < text.length(); ) {
            var character = text.codePointAt(at);
            mapped.append(character, mapped.length);
            at += Character.charCount(character);
        }
        return mapped;
    }

    /// Adds a character.
    ///
    /// @param offset where it stands in the file, in code points
    public final void append(int character, int offset) {
        if (length == characters.length) {
            characters = Arrays.copyOf(characters, length * 2);
            offsets = Arrays.copyOf(offsets, length * 2);
        }
        characters[length] = character;
        offsets[length++] = offset;
    }

    /// Returns where the character at `position` stands in the file.
    public final int offset(int position) {
        return offsets[position];
    }

    /// Returns the characters from `start` up to, not including, `end`.
    public final MappedText slice(int start, int end) {
        var slice = new MappedText(end - start);
        for (var i = start; i < end; i++) {
            slice.append(characters[i], offsets[i]);
        }
        return slice;
    }

    public final int character(int position) {
        return characters[position];
    }

    public final String text(int start, int end) {
        return new String(characters, start, end - start);
    }

    /// Adds more characters, if there are any.
    boolean fill() {
        return false;
    }

    /// Forgets what stands behind the first `size` characters.
    final void shrink(int size) {
        length = size;
    }

    /// Forgets everything that was read ahead.
    final void truncate() {
        length = index;
    }

    @Override
    public final void consume() {
        if (LA(1) == IntStream.EOF) {
            throw new IllegalStateException("nothing left to consume");
        }
        index++;
    }

    @Override
    public final int LA(int distance) {
        if (distance == 0) {
            return 0;
        }
        var position = index + (distance > 0 ? distance - 1 : distance);
        if (position < 0) {
            return IntStream.EOF;
        }
        while (position >= length) {
            if (!fill()) {
                return IntStream.EOF;
            }
        }
        return characters[position];
    }

    @Override
    public final int mark() {
        return -1;
    }

    @Override
    public final void release(int marker) {}

    @Override
    public final int index() {
        return index;
    }

    @Override
    public final void seek(int position) {
        index = position;
    }

    /// The number of characters so far.
    @Override
    public final int size() {
        return length;
    }

    @Override
    public String getSourceName() {
        return UNKNOWN_SOURCE_NAME;
    }

    @Override
    public final String getText(Interval interval) {
        var end = Math.min(interval.b + 1, length);
        return end <= interval.a ? "" : text(interval.a, end);
    }

    @Override
    public final String toString() {
        return text(0, length);
    }
}
