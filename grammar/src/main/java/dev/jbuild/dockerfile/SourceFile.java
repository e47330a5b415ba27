package dev.jbuild.dockerfile;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A Dockerfile's text and the name it is called by in messages.
///
/// @param name as the user wrote it, for example `Dockerfile`
/// @param text decoded, without a byte order mark
public record SourceFile(String name, String text) {

    /// A Dockerfile is written by hand; what is larger is a mistake (an archive given as `-f`) or an attack.
    public static final int MAX_BYTES = 2 << 20;

    /// Each line costs a few hundred bytes while the file is read; no person writes so many.
    public static final int MAX_LINES = 100_000;

    /// Physical lines longer than this are refused by every Dockerfile front end since the first.
    public static final int MAX_LINE_BYTES = 65_535;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /// Returns the file that these bytes are, as UTF-8, a leading byte order mark taken off.
    ///
    /// @throws DockerfileException if they are not UTF-8, or exceed [#MAX_BYTES] or [#MAX_LINES]
    public static SourceFile of(String name, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw refused(
                    name, "", Rule.FILE_TOO_LARGE, "the file has " + bytes.length + " bytes, more than " + MAX_BYTES);
        }
        var input = ByteBuffer.wrap(bytes);
        var output = CharBuffer.allocate(bytes.length);
        var decoder = strictDecoder();
        var result = decoder.decode(input, output, true);
        output.flip();
        var text = withoutMark(output.toString());
        if (result.isError()) {
            var message =
                    "byte 0x" + hex(bytes[input.position()]) + " at offset " + input.position() + " is not UTF-8 text";
            throw refused(name, text, Rule.NOT_UTF_8, message);
        }
        var lines = lines(bytes);
        if (lines > MAX_LINES) {
            throw refused(name, "", Rule.FILE_TOO_LARGE, "the file has " + lines + " lines, more than " + MAX_LINES);
        }
        return new SourceFile(name, text);
    }

    private static int lines(byte[] bytes) {
        var count = 1;
        for (var each : bytes) {
            count += each == '\n' ? 1 : 0;
        }
        return count;
    }

    /// Returns line `number`, counted from 1, without its line break; empty past the end of the file.
    public String line(int number) {
        var start = 0;
        for (var line = 1; line < number; line++) {
            var lineBreak = text.indexOf('\n', start);
            if (lineBreak < 0) {
                return "";
            }
            start = lineBreak + 1;
        }
        var end = text.indexOf('\n', start);
        if (end < 0) {
            end = text.length();
        }
        while (end > start && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(start, end);
    }

    private static CharsetDecoder strictDecoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static String withoutMark(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static String hex(byte value) {
        var digits = Integer.toHexString(value & 0xFF);
        return digits.length() == 1 ? "0" + digits : digits;
    }

    /// The text read so far is kept, so that the message can show the line that it broke off in.
    private static DockerfileException refused(String name, String textBefore, Rule rule, String message) {
        var source = new SourceFile(name, textBefore);
        var end = new SourceText(textBefore)
                .rangeOf(
                        textBefore.codePointCount(0, textBefore.length()),
                        textBefore.codePointCount(0, textBefore.length()));
        return new DockerfileException(source, List.of(Diagnostic.error(rule, end, message, null)));
    }
}
