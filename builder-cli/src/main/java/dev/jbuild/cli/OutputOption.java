package dev.jbuild.cli;

import dev.jbuild.build.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The value of `--output`: a directory, or fields `key=value` separated by commas.
///
/// A field that holds a comma or a quote stands in double quotes, with a quote inside doubled, as in a CSV file.
final class OutputOption {
    private static final String EXAMPLE = "--output type=oci,dest=image.tar";

    private OutputOption() {}

    static Output parse(String text) {
        if (text.equals("-")) {
            throw notYet("-o -", "writing a result to standard output");
        }
        var fields = fields(text);
        if (fields.size() == 1 && !text.startsWith("type=")) {
            return new Output.Local(Path.of(text));
        }
        var attributes = new LinkedHashMap<String, String>();
        for (var field : fields) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw new UsageException(
                        "--output takes fields key=value, got '" + field + "' in '" + text + "'", EXAMPLE);
            }
            attributes.put(field.substring(0, equals).strip(), field.substring(equals + 1));
        }
        return output(text, attributes);
    }

    private static Output output(String text, Map<String, String> attributes) {
        var type = attributes.remove("type");
        if (type == null) {
            throw new UsageException("--output '" + text + "' has no type", EXAMPLE);
        }
        var destination = attributes.remove("dest");
        var tar = attributes.remove("tar");
        // Files that leave without layers have the time of SOURCE_DATE_EPOCH anyway.
        boolean rewriteTimes = isTrue("rewrite-timestamp", attributes.remove("rewrite-timestamp"), false);
        var output = switch (type) {
            case "oci" -> oci(destination(text, destination), isTrue("tar", tar, true), rewriteTimes);
            case "tar" -> new Output.Tar(notDirectory(destination(text, destination)));
            case "local" -> new Output.Local(destination(text, destination));
            case "docker", "image", "registry", "cacheonly" ->
                throw notYet("--output type=" + type, "this type of output");
            default ->
                throw new UsageException(
                        "--output '" + text + "' has the unknown type '" + type + "'", "types are oci, tar and local");
        };
        if (tar != null && !type.equals("oci")) {
            throw new UsageException("--output '" + text + "': tar belongs to type=oci", null);
        }
        if (!attributes.isEmpty()) {
            throw notYet(
                    "--output " + type + " with "
                            + attributes.keySet().iterator().next() + "=",
                    "this field");
        }
        return output;
    }

    private static Output oci(Path destination, boolean tar, boolean rewriteTimes) {
        return new Output.Oci(tar ? notDirectory(destination) : notFile(destination), tar, rewriteTimes);
    }

    private static Path destination(String text, @Nullable String destination) {
        if (destination == null || destination.isEmpty()) {
            throw new UsageException("--output '" + text + "' does not say where to", EXAMPLE);
        }
        if (destination.equals("-")) {
            throw notYet("--output '" + text + "'", "writing a result to standard output");
        }
        return Path.of(destination);
    }

    private static Path notDirectory(Path destination) {
        if (Files.isDirectory(destination)) {
            throw new UsageException(
                    "--output: '" + destination + "' is a directory, the result is a file",
                    "name a file, or add tar=false to type=oci");
        }
        return destination;
    }

    private static Path notFile(Path destination) {
        if (Files.exists(destination) && !Files.isDirectory(destination)) {
            throw new UsageException("--output: '" + destination + "' is a file, the result is a directory", null);
        }
        return destination;
    }

    private static boolean isTrue(String field, @Nullable String text, boolean otherwise) {
        return switch (text) {
            case null -> otherwise;
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new UsageException("--output: " + field + " is true or false, got '" + text + "'", null);
        };
    }

    private static UsageException notYet(String option, String what) {
        return new UsageException(option + ": " + what + " is not supported yet", null);
    }

    /// {@return the fields of one line of a CSV file}
    private static List<String> fields(String text) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (quoted && character == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (character == '"' && (quoted || field.isEmpty())) {
                quoted = !quoted;
            } else if (character == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(character);
            }
        }
        if (quoted) {
            throw new UsageException("--output '" + text + "' has a quote that does not end", null);
        }
        fields.add(field.toString());
        return fields;
    }
}
