package dev.jbuild.oci;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads an image reference by hand, from the outside in: digest, tag, registry, repository. Used once.
final class ReferenceParser {
    private static final int MAX_TAG_LENGTH = 128;
    private static final int MAX_NAME_LENGTH = 255;

    private final String text;

    ReferenceParser(String text) {
        this.text = text;
    }

    ImageReference parse() {
        if (text.isEmpty()) {
            throw invalid("it is empty");
        }
        int at = text.indexOf('@');
        Digest digest = at < 0 ? null : digest(text.substring(at + 1));
        String nameAndTag = at < 0 ? text : text.substring(0, at);
        int colon = nameAndTag.lastIndexOf(':');
        // A colon before the last slash belongs to a port.
        boolean tagged = colon > nameAndTag.lastIndexOf('/');
        String tag = tagged ? tag(nameAndTag.substring(colon + 1)) : null;
        String name = tagged ? nameAndTag.substring(0, colon) : nameAndTag;
        if (tag == null && digest == null) {
            tag = ImageReference.DEFAULT_TAG;
        }
        return named(name, tag, digest);
    }

    private ImageReference named(String name, @Nullable String tag, @Nullable Digest digest) {
        if (name.length() == 64 && isHex(name)) {
            throw invalid("64 hex digits are an image id, not a name");
        }
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean hasRegistry = isRegistry(first);
        String registry = hasRegistry ? first : ImageReference.DOCKER_HUB;
        String repository = hasRegistry ? name.substring(slash + 1) : name;
        if (registry.equals("index.docker.io")) {
            registry = ImageReference.DOCKER_HUB;
        }
        checkRegistry(registry);
        checkRepository(repository);
        if (registry.equals(ImageReference.DOCKER_HUB) && repository.indexOf('/') < 0) {
            repository = ImageReference.OFFICIAL_PREFIX + repository;
        }
        if (registry.length() + 1 + repository.length() > MAX_NAME_LENGTH) {
            throw invalid("the name is longer than " + MAX_NAME_LENGTH + " characters");
        }
        return new ImageReference(registry, repository, tag, digest);
    }

    /// What stands before the first slash is a registry when it looks like a host: with a dot, a port or upper
    /// case.
    private static boolean isRegistry(String first) {
        return first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
    }

    private Digest digest(String part) {
        try {
            return Digest.parse(part);
        } catch (IllegalArgumentException notADigest) {
            throw invalid("what follows '@' is not a digest such as sha256:<64 hex digits>");
        }
    }

    private String tag(String part) {
        boolean valid = !part.isEmpty()
                && part.length() <= MAX_TAG_LENGTH
                && (isLetterOrDigit(part.charAt(0)) || part.charAt(0) == '_')
                && part.chars().allMatch(c -> isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
        if (!valid) {
            throw invalid("the tag " + Excerpt.quoted(part)
                    + " may only have letters, digits, '_', '.' and '-', at most 128, and not begin with '.' or '-'");
        }
        return part;
    }

    private void checkRegistry(String registry) {
        int port = portStart(registry);
        String host = port < 0 ? registry : registry.substring(0, port);
        boolean validPort = port < 0 || isPort(registry.substring(port + 1));
        boolean validHost = host.startsWith("[") ? isAddress6(host) : isHostName(host);
        if (!validHost || !validPort) {
            throw invalid(Excerpt.quoted(registry) + " is not a registry host");
        }
    }

    private static int portStart(String registry) {
        int colon = registry.lastIndexOf(':');
        return colon > registry.lastIndexOf(']') ? colon : -1;
    }

    private static boolean isPort(String port) {
        return !port.isEmpty() && port.length() <= 5 && isDigits(port) && Integer.parseInt(port) <= 65_535;
    }

    private static boolean isAddress6(String host) {
        return host.length() > 3
                && host.endsWith("]")
                && host.substring(1, host.length() - 1).chars().allMatch(c -> c == ':' || Character.digit(c, 16) >= 0);
    }

    private static boolean isHostName(String host) {
        for (String label : host.split("\\.", -1)) {
            boolean valid = !label.isEmpty()
                    && label.charAt(0) != '-'
                    && label.charAt(label.length() - 1) != '-'
                    && label.chars().allMatch(c -> isLetterOrDigit(c) || c == '-');
            if (!valid) {
                return false;
            }
        }
        return true;
    }

    private void checkRepository(String repository) {
        int start = 0;
        while (true) {
            int slash = repository.indexOf('/', start);
            checkComponent(repository.substring(start, slash < 0 ? repository.length() : slash));
            if (slash < 0) {
                return;
            }
            start = slash + 1;
        }
    }

    /// `[a-z0-9]+` runs with one separator between two: a dot, one or two underscores, or any number of hyphens.
    private void checkComponent(String component) {
        if (!component.equals(component.toLowerCase(Locale.ROOT))) {
            throw invalid("the repository name must be lower case");
        }
        int at = 0;
        boolean valid = !component.isEmpty();
        while (valid) {
            int run = skip(component, at, false);
            if (run == component.length()) {
                valid = run > at;
                break;
            }
            int separator = skip(component, run, true);
            valid = run > at && isSeparator(component.substring(run, separator));
            at = separator;
        }
        if (!valid) {
            throw invalid(Excerpt.quoted(component) + " is not a repository name; write lower-case letters and digits,"
                    + " separated by '.', '_', '__' or '-'");
        }
    }

    private static int skip(String text, int from, boolean separators) {
        int at = from;
        while (at < text.length() && (isLetterOrDigit(text.charAt(at)) != separators)) {
            at++;
        }
        return at;
    }

    private static boolean isSeparator(String text) {
        return text.equals(".")
                || text.equals("_")
                || text.equals("__")
                || (!text.isEmpty() && text.chars().allMatch(c -> c == '-'));
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private InvalidReferenceException invalid(String problem) {
        return new InvalidReferenceException(text, problem);
    }
}
