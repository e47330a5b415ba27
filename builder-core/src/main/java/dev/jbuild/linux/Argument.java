package dev.jbuild.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// One argument of a system call in a [SyscallScript].
public sealed interface Argument {
    /// A plain number.
    ///
    /// @param label how to print it: a name of the manual, or of what it stands for
    record Value(long value, String label) implements Argument {
        @Override
        public String toString() {
            return label;
        }
    }

    /// The address of a C string.
    record Text(ByteString value) implements Argument {
        @Override
        public String toString() {
            return '"' + value.toString().replace("\"", "\\\"") + '"';
        }
    }

    /// The address of a structure; the kernel may write to it.
    ///
    /// @param label how to print it
    record Memory(ByteString content, String label) implements Argument {
        @Override
        public String toString() {
            return label;
        }
    }

    /// The address of a list of C strings that ends with a null pointer.
    record Texts(List<ByteString> values) implements Argument {
        public Texts {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return values.stream()
                    .map(value -> new Text(value).toString())
                    .toList()
                    .toString();
        }
    }

    /// What an earlier call returned. Every call has its own instance.
    final class Result implements Argument {
        private final String name;

        Result(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Argument number(long value) {
        return new Value(value, Long.toString(value));
    }

    /// {@return a number that prints as `label`}
    static Argument number(long value, String label) {
        return new Value(value, label);
    }

    static Argument octal(int value) {
        return new Value(value, value == 0 ? "0" : "0" + Integer.toOctalString(value));
    }

    /// {@return the number of an open file}; it must stay open while the script runs.
    ///
    /// @param label what is open there
    static Argument descriptor(Fd fd, String label) {
        return new Value(fd.number(), label);
    }

    /// {@return the flags of openat(2)}, close-on-exec included
    static Argument openFlags(OpenFlag... flags) {
        return new Value(OpenFlag.bits(flags), OpenFlag.label(flags));
    }

    /// {@return a `struct open_how` of openat2(2)}
    ///
    /// @param resolve bits, printed as `resolveLabel`
    static Argument openHow(long resolve, String resolveLabel, OpenFlag... flags) {
        return longs("{" + OpenFlag.label(flags) + ", " + resolveLabel + "}", OpenFlag.bits(flags), 0, resolve);
    }

    static Argument text(String value) {
        return new Text(ByteString.of(value));
    }

    static Argument text(ByteString value) {
        return new Text(value);
    }

    static Argument texts(List<ByteString> values) {
        return new Texts(values);
    }

    /// {@return the address of these numbers, eight bytes each}
    static Argument longs(String label, long... values) {
        var bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.nativeOrder());
        for (long value : values) {
            bytes.putLong(value);
        }
        return new Memory(ByteString.wrap(bytes.array()), label);
    }

    /// {@return the address of these numbers, four bytes each}
    static Argument integers(String label, int... values) {
        var bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.nativeOrder());
        for (int value : values) {
            bytes.putInt(value);
        }
        return new Memory(ByteString.wrap(bytes.array()), label);
    }
}
