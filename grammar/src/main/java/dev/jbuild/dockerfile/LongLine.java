package dev.jbuild.dockerfile;

import org.jspecify.annotations.Nullable;

/// The first line of a file that is longer than a line may be.
///
/// @param start its index in the text
/// @param number counted from 1
record LongLine(int start, int number) {

    static @Nullable LongLine find(String text) {
        var number = 1;
        var start = 0;
        var bytes = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\n') {
                number++;
                start = i + 1;
                bytes = 0;
                continue;
            }
            // Each half of a surrogate pair stands for two of the four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            if (bytes > SourceFile.MAX_LINE_BYTES) {
                return new LongLine(start, number);
            }
        }
        return null;
    }

    SourceRange range() {
        return new SourceRange(number, 1, number, 2);
    }

    String message() {
        return "a line has more than " + SourceFile.MAX_LINE_BYTES + " bytes";
    }
}
