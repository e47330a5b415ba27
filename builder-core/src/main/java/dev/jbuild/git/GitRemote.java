package dev.jbuild.git;

import dev.jbuild.oci.Excerpt;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a repository is: the address without what it says of the wanted tree.
///
/// @param userInfo `user` or `user:password` as written, percent signs included; empty without one
/// @param host a name or a bracketed IPv6 address
/// @param port -1 for the one of the scheme
/// @param path as written; begins with a slash, except behind `user@host:`
public record GitRemote(Scheme scheme, String userInfo, String host, int port, String path) {
    /// How a server is spoken to. There are no others: nothing of this machine is read, and no program is run.
    public enum Scheme {
        HTTP,
        HTTPS,
        GIT,
        SSH;

        private static @Nullable Scheme of(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "http" -> HTTP;
                case "https" -> HTTPS;
                case "git" -> GIT;
                case "ssh" -> SSH;
                default -> null;
            };
        }

        /// {@return what stands before `://`}
        public String prefix() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MAX_PORT = 65535;

    /// {@return the address that a text names, which has neither query nor fragment; null when it has none of the
    /// schemes}
    ///
    /// @throws GitException when it has one and cannot be an address
    static @Nullable GitRemote parse(String text) {
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            @Nullable Scheme known = Scheme.of(text.substring(0, scheme));
            return known == null ? null : ofUrl(known, text, scheme + 3);
        }
        return ofUserAtHost(text);
    }

    private static GitRemote ofUrl(Scheme scheme, String text, int begin) {
        int slash = text.indexOf('/', begin);
        int end = slash < 0 ? text.length() : slash;
        int at = text.lastIndexOf('@', end - 1);
        boolean named = at >= begin;
        String userInfo = named ? text.substring(begin, at) : "";
        String place = text.substring(named ? at + 1 : begin, end);
        int colon = place.endsWith("]") ? -1 : place.lastIndexOf(':');
        String host = colon < 0 ? place : place.substring(0, colon);
        int port = colon < 0 ? -1 : port(place.substring(colon + 1), text);
        return checked(new GitRemote(scheme, userInfo, host, port, text.substring(end)), text);
    }

    /// `user@host:path`, as ssh writes it. Without a user it would look like a file.
    private static @Nullable GitRemote ofUserAtHost(String text) {
        int at = text.indexOf('@');
        int colon = text.indexOf(':');
        if (at <= 0 || colon <= at + 1) {
            return null;
        }
        String user = text.substring(0, at);
        String host = text.substring(at + 1, colon);
        if (!isMadeOf(user, "-_.") || !isMadeOf(host, "-.")) {
            return null;
        }
        return checked(new GitRemote(Scheme.SSH, user, host, -1, text.substring(colon + 1)), text);
    }

    private static GitRemote checked(GitRemote remote, String text) {
        boolean bracketed = remote.host.startsWith("[") && remote.host.endsWith("]");
        String host = bracketed ? remote.host.substring(1, remote.host.length() - 1) : remote.host;
        if (host.isEmpty() || host.startsWith("-") || !isMadeOf(host, bracketed ? ":." : "-._")) {
            throw new GitException("git address " + shown(text) + " has no valid host");
        }
        if (remote.path.isEmpty() || remote.path.equals("/") || remote.path.startsWith("-")) {
            throw new GitException("git address " + shown(text) + " has no valid path");
        }
        // The path is sent in its decoded form, where a line feed could begin something else.
        String decoded = PercentCode.decode(remote.userInfo + remote.path);
        boolean control = decoded.chars().anyMatch(character -> character < ' ' || character == 0x7f);
        if (control || remote.path.indexOf(' ') >= 0 || remote.path.indexOf('\\') >= 0) {
            throw new GitException("git address " + shown(text) + " has a blank, control character or backslash");
        }
        return remote;
    }

    private static boolean isMadeOf(String text, String others) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean common = (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9');
            if (!common && others.indexOf(character) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int port(String digits, String text) {
        int port = 0;
        for (int i = 0; i < digits.length() && port <= MAX_PORT; i++) {
            char digit = digits.charAt(i);
            port = digit >= '0' && digit <= '9' ? port * 10 + digit - '0' : MAX_PORT + 1;
        }
        if (port == 0 || port > MAX_PORT) {
            throw new GitException("git address " + shown(text) + " has no valid port");
        }
        return port;
    }

    /// {@return the repository that `url` in the `.gitmodules` of this one names}
    ///
    /// @param url absolute, or relative to this address when it begins with `./` or `../`
    GitRemote submodule(String url) {
        if (url.startsWith("./") || url.startsWith("../")) {
            return relative(url);
        }
        @Nullable GitRemote remote = parse(url);
        if (remote == null) {
            throw new GitException("submodule address " + shown(url) + " is none of http, https, git and ssh");
        }
        return remote;
    }

    private GitRemote relative(String url) {
        String base = withoutTrailingSlashes(path);
        String rest = url;
        while (rest.startsWith("./") || rest.startsWith("../")) {
            if (rest.startsWith("../")) {
                int slash = base.lastIndexOf('/');
                if (slash < 0 || base.isEmpty()) {
                    throw new GitException("submodule address " + shown(url) + " leads out of " + this);
                }
                base = base.substring(0, slash);
                rest = rest.substring(3);
            } else {
                rest = rest.substring(2);
            }
        }
        for (String component : Components.of(rest)) {
            if (component.equals("..")) {
                throw new GitException("submodule address " + shown(url) + " has '..' in its middle");
            }
        }
        return checked(new GitRemote(scheme, userInfo, host, port, base + "/" + rest), url);
    }

    private static String withoutTrailingSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    /// {@return the address as anybody may use it}
    public GitRemote withoutUser() {
        return scheme == Scheme.SSH ? this : new GitRemote(scheme, "", host, port, path);
    }

    /// {@return whether nobody else can answer for the host, or read along}
    public boolean isEncrypted() {
        return scheme == Scheme.HTTPS || scheme == Scheme.SSH;
    }

    /// {@return the user without percent signs; empty without one}
    String user() {
        int colon = userInfo.indexOf(':');
        return PercentCode.decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
    }

    /// {@return the password without percent signs; empty without one}
    String password() {
        int colon = userInfo.indexOf(':');
        return colon < 0 ? "" : PercentCode.decode(userInfo.substring(colon + 1));
    }

    /// {@return the last component of the path without `.git`}
    public String shortName() {
        String trimmed = withoutTrailingSlashes(path);
        String name = trimmed.substring(trimmed.lastIndexOf('/') + 1);
        return name.endsWith(".git") ? name.substring(0, name.length() - 4) : name;
    }

    /// {@return the address as it may be shown and kept: without a password}
    @Override
    public String toString() {
        if (!path.startsWith("/")) {
            return userInfo + "@" + host + ":" + path;
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon) + ":xxxxx";
        return scheme.prefix() + "://" + (user.isEmpty() ? "" : user + "@") + host + (port < 0 ? "" : ":" + port)
                + path;
    }

    private static String shown(String text) {
        int scheme = text.indexOf("://");
        int at = scheme < 0 ? -1 : text.indexOf('@', scheme);
        return Excerpt.quoted(at < 0 ? text : text.substring(0, scheme + 3) + "xxxxx" + text.substring(at));
    }
}
