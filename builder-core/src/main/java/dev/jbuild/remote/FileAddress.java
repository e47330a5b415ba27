package dev.jbuild.remote;

import dev.jbuild.http.Origin;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.Excerpt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where a file is, and what it is called.
///
/// @param uri `http` or `https`, without user information and fragment
/// @param login user name and password that stand in the address, `user:password`; null when none do
/// @param fileName a name that any directory can have: never empty, `.` or `..`, without slash and control characters,
///     255 bytes at most
public record FileAddress(URI uri, @Nullable String login, String fileName) {
    /// What a file is called whose address ends in no name.
    public static final String UNNAMED = "__unnamed__";

    /// The longest name of a file on Linux.
    private static final int MAX_NAME = 255;

    private static final int MAX_PORT = 65_535;

    /// As many as common servers read of a request line.
    private static final int MAX_LENGTH = 8000;

    /// {@return the address that people write as `text`} Characters that an address cannot hold are escaped, as
    /// browsers
    /// do.
    ///
    /// @throws RemoteFileException when it is no address of HTTP, or its file has a name that is too long
    public static FileAddress parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw RemoteFileException.wrong("the URL " + Excerpt.quoted(text) + " is longer than " + MAX_LENGTH);
        }
        int fragment = text.indexOf('#');
        URI uri;
        try {
            uri = URI.create(EscapedText.ofUrl(fragment < 0 ? text : text.substring(0, fragment)));
        } catch (IllegalArgumentException notAnAddress) {
            throw RemoteFileException.wrong("invalid URL " + Excerpt.quoted(text));
        }
        if (Origin.of(uri) == null) {
            throw RemoteFileException.wrong("invalid URL " + Excerpt.quoted(text) + ": no host");
        }
        if (uri.getPort() > MAX_PORT) {
            throw RemoteFileException.wrong("invalid URL " + Excerpt.quoted(text) + ": no port is above " + MAX_PORT);
        }
        return new FileAddress(withoutUser(uri), uri.getUserInfo(), fileName(uri));
    }

    /// {@return a name of this address that does not tell it}; equal addresses have equal ones.
    public Digest identity() {
        return Digest.ofBytes((login + "\n" + uri).getBytes(StandardCharsets.UTF_8));
    }

    private static URI withoutUser(URI uri) {
        String user = uri.getRawUserInfo();
        if (user == null) {
            return uri;
        }
        var text = new StringBuilder(uri.toString());
        int start = text.indexOf("//") + 2;
        return URI.create(text.delete(start, start + user.length() + 1).toString());
    }

    /// The last name of the path. It is unescaped when that gives a name that can be shown; what would be something
    /// else than a name, such as a way up, is none.
    private static String fileName(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        ByteString bytes = EscapedText.unescape(path);
        String shown = bytes.isUtf8() && isPrintable(bytes.utf8()) ? bytes.utf8() : path;
        int end = shown.length();
        while (end > 0 && shown.charAt(end - 1) == '/') {
            end--;
        }
        String name = shown.substring(shown.lastIndexOf('/', end - 1) + 1, end);
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            return UNNAMED;
        }
        if (ByteString.of(name).length() > MAX_NAME) {
            throw RemoteFileException.wrong("the name of the file in the URL " + Excerpt.quoted(uri.toString())
                    + " is longer than " + MAX_NAME + " bytes");
        }
        return name;
    }

    private static boolean isPrintable(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    /// {@return the address as messages show it: without login and query, which may be secrets}
    @Override
    public String toString() {
        return Origin.redacted(uri);
    }
}
