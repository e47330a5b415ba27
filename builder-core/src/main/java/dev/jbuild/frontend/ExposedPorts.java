package dev.jbuild.frontend;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Reads what EXPOSE lists: `80`, `80/udp`, `8000-8005/tcp`, also behind an address that a build ignores.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/#expose">EXPOSE</a>
final class ExposedPorts {
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");
    private static final int MAX_PORT = 65_535;

    private ExposedPorts() {}

    /// {@return the ports as an image config names them, such as `80/tcp`}
    ///
    /// @throws IllegalArgumentException with a message for the user when one of `words` is no port
    static Set<String> parse(List<String> words) {
        var ports = new TreeSet<String>();
        for (String word : words) {
            parse(word, ports);
        }
        return ports;
    }

    private static void parse(String word, Set<String> ports) {
        int slash = word.indexOf('/');
        String numbers = slash < 0 ? word : word.substring(0, slash);
        String protocol = slash < 0 ? "tcp" : word.substring(slash + 1).toLowerCase(Locale.ROOT);
        if (!PROTOCOLS.contains(protocol)) {
            throw new IllegalArgumentException("invalid proto: " + protocol);
        }
        String container = numbers.substring(numbers.lastIndexOf(':') + 1);
        int dash = container.indexOf('-');
        int first = number(dash < 0 ? container : container.substring(0, dash), word);
        int last = dash < 0 ? first : number(container.substring(dash + 1), word);
        if (last < first) {
            throw invalid(word);
        }
        for (int port = first; port <= last; port++) {
            ports.add(port + "/" + protocol);
        }
    }

    private static int number(String digits, String word) {
        boolean isNumber =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = isNumber ? Integer.parseInt(digits) : -1;
        if (port < 0 || port > MAX_PORT) {
            throw invalid(word);
        }
        return port;
    }

    private static IllegalArgumentException invalid(String word) {
        return new IllegalArgumentException("invalid containerPort: " + word);
    }
}
