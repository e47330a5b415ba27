package dev.jbuild.layer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes tars byte by byte, right or wrong as a test wants them; shares nothing with the code under test.
final class TarBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// One header block; every field can be overwritten before it is sealed.
    static final class Header {
        final byte[] block = new byte[512];

        Header(String name, char type) {
            text(0, 100, name);
            text(100, 8, "0000644\0");
            text(108, 8, "0000000\0");
            text(116, 8, "0000000\0");
            text(124, 12, "00000000000\0");
            text(136, 12, "00000000000\0");
            block[156] = (byte) type;
            text(257, 8, "ustar\00000");
        }

        Header text(int offset, int length, String value) {
            Arrays.fill(block, offset, offset + length, (byte) 0);
            byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(bytes, 0, block, offset, Math.min(length, bytes.length));
            return this;
        }

        Header size(long size) {
            return text(124, 12, octal(11, size) + "\0");
        }

        Header mode(int mode) {
            return text(100, 8, octal(7, mode) + "\0");
        }

        Header link(String target) {
            return text(157, 100, target);
        }

        Header device(int major, int minor) {
            return text(329, 8, octal(7, major) + "\0").text(337, 8, octal(7, minor) + "\0");
        }

        Header gnu() {
            return text(257, 8, "ustar  \0");
        }

        Header v7() {
            return text(257, 8, "");
        }

        byte[] sealed() {
            Arrays.fill(block, 148, 156, (byte) ' ');
            int sum = 0;
            for (byte value : block) {
                sum += value & 0xff;
            }
            return text(148, 8, octal(6, sum) + "\0 ").block;
        }
    }

    static String octal(int digits, long value) {
        String text = Long.toOctalString(value);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    static TarBytes tar() {
        return new TarBytes();
    }

    static Header header(String name, char type) {
        return new Header(name, type);
    }

    TarBytes add(Header header) {
        out.writeBytes(header.sealed());
        return this;
    }

    TarBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /// Bytes and the zeros that fill their last block.
    TarBytes data(byte[] bytes) {
        out.writeBytes(bytes);
        out.writeBytes(new byte[-bytes.length & 511]);
        return this;
    }

    TarBytes file(String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        return add(header(name, '0').size(bytes.length)).data(bytes);
    }

    TarBytes directory(String name) {
        return add(header(name, '5').mode(0755));
    }

    TarBytes symlink(String name, String target) {
        return add(header(name, '2').link(target));
    }

    TarBytes hardLink(String name, String target) {
        return add(header(name, '1').link(target));
    }

    TarBytes pax(String... records) {
        return extended('x', records);
    }

    TarBytes extended(char type, String... records) {
        var payload = new StringBuilder();
        for (String record : records) {
            int length = record.length() + 2;
            length +=
                    Integer.toString(length + Integer.toString(length).length()).length();
            payload.append(length).append(' ').append(record).append('\n');
        }
        return extendedRaw(type, payload.toString());
    }

    TarBytes extendedRaw(char type, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        return add(header("PaxHeaders", type).size(bytes.length)).data(bytes);
    }

    TarBytes longName(char type, String name) {
        byte[] bytes = (name + "\0").getBytes(StandardCharsets.ISO_8859_1);
        return add(header("././@LongLink", type).gnu().size(bytes.length)).data(bytes);
    }

    byte[] end() {
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    byte[] withoutEnd() {
        return out.toByteArray();
    }
}
