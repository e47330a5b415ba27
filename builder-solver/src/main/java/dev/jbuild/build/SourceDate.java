package dev.jbuild.build;

import dev.jbuild.dockerfile.Dockerfile;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request says about SOURCE_DATE_EPOCH, the time that nothing in the image is later than.
final class SourceDate {
    /// Said when times were to be rewritten, but to none.
    static final String MISSING =
            "times in layers are kept: SOURCE_DATE_EPOCH says no time; set it, for example to $(git log -1 --pretty=%ct)";

    private static final String NAME = "SOURCE_DATE_EPOCH";

    /// Of a build that is to be reproducible and names no time: the one time that is the same everywhere.
    private static final String DEFAULT = "0";

    private SourceDate() {}

    /// {@return the build arguments of a request, with a time when it needs one and neither it nor the file has one}
    static Map<String, String> arguments(BuildRequest request, Dockerfile dockerfile) {
        @Nullable String given = request.buildArguments().get(NAME);
        boolean named = given == null ? isDeclared(dockerfile) : !given.isEmpty();
        if (!request.reproducible() || named) {
            return request.buildArguments();
        }
        var arguments = new LinkedHashMap<>(request.buildArguments());
        arguments.put(NAME, DEFAULT);
        return arguments;
    }

    /// {@return whether the layers made here are to have no time later than it, in some output at least}
    static boolean rewritesTimes(BuildRequest request) {
        return request.reproducible()
                || request.outputs().stream()
                        .anyMatch(output -> output instanceof Output.Oci oci && oci.rewriteTimes());
    }

    private static boolean isDeclared(Dockerfile dockerfile) {
        return dockerfile.globalArgs().stream()
                .flatMap(argument -> argument.declarations().stream())
                .anyMatch(declaration -> declaration.name().text().equals(NAME) && declaration.value() != null);
    }
}
