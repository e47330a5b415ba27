package dev.jbuild.check;

import java.nio.charset.StandardCharsets;

/// A path as the reference of a URI, relative if the path is.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-4.2">RFC 3986, section 4.2</a>
final class FileUri {
    private static final String PLAIN = "-._~/";

    private FileUri() {}

    static String of(String path) {
        var relative = path.startsWith("./") ? path.substring(2) : path;
        var out = new StringBuilder(relative.startsWith("/") ? "file://" : "");
        for (var each : relative.getBytes(StandardCharsets.UTF_8)) {
            var isPlain = (each >= 'a' && each <= 'z')
                    || (each >= 'A' && each <= 'Z')
                    || (each >= '0' && each <= '9')
                    || PLAIN.indexOf(each) >= 0;
            if (isPlain) {
                out.append((char) each);
            } else {
                out.append('%').append(hex(each >> 4)).append(hex(each));
            }
        }
        return out.toString();
    }

    private static char hex(int value) {
        return "0123456789ABCDEF".charAt(value & 0xF);
    }
}
