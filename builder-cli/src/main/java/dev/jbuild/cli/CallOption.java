package dev.jbuild.cli;

import dev.jbuild.check.DescriptionRequest;
import dev.jbuild.check.DescriptionRequest.Topic;
import dev.jbuild.check.LintRequest;
import dev.jbuild.check.LintRequest.Format;
import dev.jbuild.check.Subject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// `--call=METHOD[,format=FORMAT][,ignorestatus=BOOLEAN]` and `--check`: something other than a build is wanted of a
/// Dockerfile.
///
/// @param method `check`, `outline` or `targets`
record CallOption(String method, boolean json, boolean ignoreStatus) {
    private static final String HELP = "methods are build, check, outline and targets";

    /// {@return what is called; null for a build}
    static @Nullable CallOption of(ParseResult parsed) {
        var check = Options.given(parsed, "--check");
        var text = Options.value(parsed, "--call");
        if (text == null) {
            return check ? new CallOption("check", false, false) : null;
        }
        var call = parse(text);
        if (check && (call == null || !call.method.equals("check"))) {
            throw new UsageException("--check and --call=" + text + " ask for different things", "leave one out");
        }
        return call;
    }

    static @Nullable CallOption parse(String text) {
        String method = null;
        var json = false;
        var ignoreStatus = false;
        for (var field : text.split(",", -1)) {
            var equals = field.indexOf('=');
            if (equals < 0) {
                if (method != null) {
                    throw new UsageException("--call '" + text + "' names two methods", HELP);
                }
                method = method(field);
                continue;
            }
            var value = field.substring(equals + 1);
            switch (field.substring(0, equals)) {
                case "format" -> json = isJson(value);
                case "ignorestatus" -> ignoreStatus = isTrue(value);
                default ->
                    throw new UsageException(
                            "--call has no option '" + field + "'",
                            "options are format=text|json and ignorestatus=true");
            }
        }
        if (method == null) {
            throw new UsageException("--call '" + text + "' names no method", HELP);
        }
        return method.equals("build") ? null : new CallOption(method, json, ignoreStatus);
    }

    private static String method(String name) {
        return switch (name) {
            case "build", "check", "outline", "targets" -> name;
            // What BuildKit calls it inside.
            case "lint" -> "check";
            default -> throw new UsageException("--call has no method '" + name + "'", HELP);
        };
    }

    private static boolean isJson(String format) {
        return switch (format) {
            case "json" -> true;
            case "text" -> false;
            default -> throw new UsageException("--call has no format '" + format + "'", "formats are text and json");
        };
    }

    private static boolean isTrue(String value) {
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new UsageException("ignorestatus is true or false, not '" + value + "'", null);
        };
    }

    /// {@return what is to be done, from the options of a build}
    Command command(ParseResult parsed) {
        var subject = subject(Options.operands(parsed), parsed);
        if (!method.equals("check")) {
            BuildCommand.requireDockerfile(subject.dockerfile(), subject.context(), Options.value(parsed, "--file"));
        }
        return switch (method) {
            case "outline" -> new Command.Describe(new DescriptionRequest(subject, Topic.OUTLINE, json));
            case "targets" -> new Command.Describe(new DescriptionRequest(subject, Topic.TARGETS, json));
            default ->
                new Command.Lint(new LintRequest(subject, Set.of(), json ? Format.JSON : Format.TEXT, ignoreStatus));
        };
    }

    /// {@return what is looked at, from options that `build` and `lint` have in common} Its Dockerfile need not exist.
    static Subject subject(List<String> contexts, ParseResult parsed) {
        var context = BuildCommand.context(contexts);
        return new Subject(
                context,
                BuildCommand.dockerfileName(context, Options.value(parsed, "--file")),
                Options.value(parsed, "--target"),
                BuildOptions.values(Options.values(parsed, "--build-arg"), System.getenv()),
                PlatformOption.parse(Options.value(parsed, "--platform"), System.getenv()),
                contextNames(Options.values(parsed, "--build-context")));
    }

    private static Set<String> contextNames(List<String> contexts) {
        var names = new LinkedHashSet<String>();
        contexts.forEach(text -> names.add(ContextOption.parse(text).name()));
        return names;
    }
}
