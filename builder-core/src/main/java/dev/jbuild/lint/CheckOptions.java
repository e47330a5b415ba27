package dev.jbuild.lint;

import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which rules apply: `skip=<rules>;error=<bool>;experimental=<rules>`, each part at most once, in any order.
///
/// Rules are separated by commas; a name that is no rule is kept, for another builder may know it. `skip=all` and
/// `experimental=all` mean all rules of BuildKit.
///
/// Rules of our own ([Rule#isOwn()]) are off, and on by `experimental=jbuild/Name` or `experimental=jbuild/all`, which
/// BuildKit takes for rules that it does not know. `skip=` of their name, of `jbuild/all` or of `all` keeps them off.
///
/// @param skipAll whether every rule that is not experimental is off
/// @param skipped titles of rules that are off
/// @param experimentalAll whether every experimental rule is on
/// @param experimental titles of experimental rules that are on
/// @param error whether a finding fails the build
/// @see <a href="https://docs.docker.com/reference/dockerfile/#check">The check directive</a>
public record CheckOptions(
        boolean skipAll, Set<String> skipped, boolean experimentalAll, Set<String> experimental, boolean error) {
    /// Every rule that is not experimental is on.
    public static final CheckOptions DEFAULT = new CheckOptions(false, Set.of(), false, Set.of(), false);

    /// All rules of our own.
    public static final String ALL_OWN = Rule.OWN + "all";

    private static final String ALL = "all";

    private static final int MAX_PARTS = 3;

    public CheckOptions {
        skipped = Set.copyOf(skipped);
        experimental = Set.copyOf(experimental);
    }

    /// The build argument that takes the place of the directive.
    public static final String ARGUMENT = "BUILDKIT_DOCKERFILE_CHECK";

    /// The options of a file.
    ///
    /// @param arguments the build arguments, of which [#ARGUMENT] takes the place of the directive
    /// @throws CheckOptionException if the argument is not of that form
    /// @throws DockerfileException if the directive is not
    public static CheckOptions of(Dockerfile dockerfile, Map<String, String> arguments) {
        var argument = arguments.get(ARGUMENT);
        if (argument != null) {
            return parse(argument);
        }
        var directive = dockerfile.directives().check();
        if (directive == null) {
            return DEFAULT;
        }
        try {
            return parse(directive.value());
        } catch (CheckOptionException problem) {
            throw new DockerfileException(
                    dockerfile.source(),
                    List.of(Diagnostic.error(
                            "check-directive",
                            directive.range(),
                            String.valueOf(problem.getMessage()),
                            "# check=skip=<rule>,<rule>;error=true")));
        }
    }

    /// Reads the value of a directive or of the build argument `BUILDKIT_DOCKERFILE_CHECK`.
    ///
    /// @throws CheckOptionException if it is not of that form
    public static CheckOptions parse(String text) {
        var options = DEFAULT;
        if (text.isBlank()) {
            return options;
        }
        for (var part : text.split(";", MAX_PARTS)) {
            var equals = part.indexOf('=');
            if (equals < 0) {
                throw new CheckOptionException("invalid check option \"" + part.strip() + "\"");
            }
            options = options.with(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
        }
        return options;
    }

    /// The options as the comment lines directly above an instruction change them for that one: `check=skip=<rules>`
    /// or `check=experimental=<rules>`, perhaps with `// reason` behind. Other comments change nothing.
    ///
    /// @param comment lines without `#` and outer blanks
    public CheckOptions mergedWith(List<String> comment) {
        var merged = this;
        for (var line : comment) {
            if (line.startsWith("check=") && line.length() > "check=".length()) {
                merged = merged.mergedWith(line.substring("check=".length()));
            }
        }
        return merged;
    }

    /// The options, with more rules on.
    ///
    /// @param rules titles of rules, or [#ALL_OWN]
    public CheckOptions asking(Set<String> rules) {
        return new CheckOptions(skipAll, skipped, experimentalAll, union(experimental, rules), error);
    }

    /// The names of rules that are off or on and that are no rules.
    public Set<String> unknownNames() {
        var unknown = new TreeSet<>(union(skipped, experimental));
        unknown.removeIf(name -> name.equals(ALL_OWN) || name.isEmpty() || Rule.of(name) != null);
        return unknown;
    }

    /// Whether a finding of that rule counts.
    public boolean allows(Rule rule) {
        if (rule.isOwn()) {
            var on = experimental.contains(ALL_OWN) || experimental.contains(rule.title());
            return on && !skipAll && !skipped.contains(ALL_OWN) && !skipped.contains(rule.title());
        }
        if (!rule.isExperimental()) {
            return !skipAll && !skipped.contains(rule.title());
        }
        return experimentalAll || experimental.contains(rule.title());
    }

    private CheckOptions with(String key, String value) {
        return switch (key) {
            case "skip" ->
                value.equals(ALL)
                        ? new CheckOptions(true, skipped, experimentalAll, experimental, error)
                        : new CheckOptions(skipAll, names(value), experimentalAll, experimental, error);
            case "experimental" ->
                value.equals(ALL)
                        ? new CheckOptions(skipAll, skipped, true, experimental, error)
                        : new CheckOptions(skipAll, skipped, experimentalAll, names(value), error);
            case "error" -> new CheckOptions(skipAll, skipped, experimentalAll, experimental, isTrue(value));
            default -> throw new CheckOptionException("invalid check option \"" + key + "\"");
        };
    }

    private CheckOptions mergedWith(String text) {
        var reason = text.indexOf(" //");
        CheckOptions here;
        try {
            here = parse(reason < 0 ? text : text.substring(0, reason));
        } catch (CheckOptionException _) {
            // A comment that only looks like one of ours.
            return this;
        }
        return new CheckOptions(
                skipAll || here.skipAll,
                union(skipped, here.skipped),
                experimentalAll || here.experimentalAll,
                union(experimental, here.experimental),
                error);
    }

    private static boolean isTrue(String value) {
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new CheckOptionException("invalid value \"" + value + "\" of the check option \"error\"");
        };
    }

    private static Set<String> names(String value) {
        var names = new HashSet<String>();
        for (var name : value.split(",", -1)) {
            names.add(name.strip());
        }
        return names;
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        var both = new HashSet<>(a);
        both.addAll(b);
        return both;
    }
}
