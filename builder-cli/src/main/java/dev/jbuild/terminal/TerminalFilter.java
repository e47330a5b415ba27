package dev.jbuild.terminal;

import java.io.ByteArrayOutputStream;

/// Takes out of a stream of bytes what could do more on a terminal than show text.
///
/// A step's output is not trusted: escape sequences can move the cursor over what was said before, change the title,
/// write the clipboard, or make the terminal answer into the user's shell. What stays is text, tabs, line ends and
/// colours (SGR), which end with their line. A lone carriage return, as progress bars print, becomes a line end.
///
/// Remembers its place in a sequence between calls, so a sequence cut in two is still one. Not safe for use by more
/// than one thread.
///
/// @see <a href="https://www.ecma-international.org/publications-and-standards/standards/ecma-48/">ECMA-48</a>
public final class TerminalFilter {
    private static final int ESCAPE = 0x1b;
    private static final int BELL = 0x07;
    private static final int DELETE = 0x7f;

    /// No colour needs more; a longer sequence is dropped.
    private static final int LONGEST_COLOUR = 64;

    private static final byte[] RESET = {ESCAPE, '[', '0', 'm'};

    private enum State {
        TEXT,
        CARRIAGE_RETURN,
        /// After the first byte of U+0080 to U+00BF, of which the lower half are control characters.
        LATIN,
        ESCAPE,
        /// In a sequence `ESC [ ... letter`.
        CONTROL,
        /// In a string that `ESC \` or BEL ends.
        STRING,
        STRING_ESCAPE
    }

    private State state = State.TEXT;
    private boolean coloured;
    private final ByteArrayOutputStream sequence = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// {@return what of the next bytes may be shown}
    public byte[] filter(byte[] bytes) {
        out.reset();
        for (byte value : bytes) {
            accept(value & 0xff);
        }
        return out.toByteArray();
    }

    /// {@return what ends the colour of the last bytes, empty when they left none}
    public byte[] resetColour() {
        var reset = coloured ? RESET : new byte[0];
        coloured = false;
        return reset;
    }

    private void accept(int value) {
        switch (state) {
            case TEXT -> text(value);
            case CARRIAGE_RETURN -> {
                state = State.TEXT;
                if (value != '\n') {
                    text('\n');
                }
                text(value);
            }
            case LATIN -> {
                state = State.TEXT;
                if (value >= 0xa0 && value < 0xc0) {
                    out.write(0xc2);
                    out.write(value);
                } else if (value < 0x80 || value >= 0xc0) {
                    text(value);
                }
            }
            case ESCAPE -> escape(value);
            case CONTROL -> control(value);
            case STRING -> string(value);
            case STRING_ESCAPE -> {
                state = State.TEXT;
                if (value != '\\') {
                    escape(value);
                }
            }
        }
    }

    private void text(int value) {
        if (value == ESCAPE) {
            state = State.ESCAPE;
        } else if (value == '\r') {
            state = State.CARRIAGE_RETURN;
        } else if (value == 0xc2) {
            state = State.LATIN;
        } else if (value == '\n') {
            out.writeBytes(resetColour());
            out.write(value);
        } else if (value == '\t' || (value >= ' ' && value != DELETE)) {
            out.write(value);
        }
    }

    private void escape(int value) {
        switch (value) {
            case '[' -> {
                sequence.reset();
                state = State.CONTROL;
            }
            case ']', 'P', 'X', '^', '_' -> state = State.STRING;
            case ESCAPE -> state = State.ESCAPE;
            default -> {
                state = value >= ' ' && value <= '/' ? State.ESCAPE : State.TEXT;
                if (value < ' ') {
                    text(value);
                }
            }
        }
    }

    private void control(int value) {
        if (value == ESCAPE) {
            state = State.ESCAPE;
        } else if (value >= '@' && value <= '~') {
            state = State.TEXT;
            if (value == 'm' && isColour(sequence.toByteArray())) {
                out.write(ESCAPE);
                out.write('[');
                out.writeBytes(sequence.toByteArray());
                out.write('m');
                coloured = true;
            }
        } else if (value < ' ' || value > '~') {
            state = State.TEXT;
            text(value);
        } else if (sequence.size() <= LONGEST_COLOUR) {
            sequence.write(value);
        }
    }

    private void string(int value) {
        if (value == BELL) {
            state = State.TEXT;
        } else if (value == ESCAPE) {
            state = State.STRING_ESCAPE;
        }
    }

    private static boolean isColour(byte[] parameters) {
        if (parameters.length > LONGEST_COLOUR) {
            return false;
        }
        for (byte value : parameters) {
            if (value != ';' && value != ':' && (value < '0' || value > '9')) {
                return false;
            }
        }
        return true;
    }
}
