package dev.jbuild.graph;

import dev.jbuild.dockerfile.SourceRange;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How people see a vertex.
///
/// @param stage the name of its stage; empty when the file has only one, or none asked for it
/// @param name for example `[build 2/3] RUN make`
/// @param range the instruction in the Dockerfile; null for work that no instruction asked for
/// @param variables those that words of the instruction name, with the values that they had
/// @param fresh run although a result may be known
/// @param origin where the instruction comes from if it is not the one at `range`, as messages begin; empty otherwise
public record Label(
        String stage,
        String name,
        @Nullable SourceRange range,
        Map<String, String> variables,
        boolean fresh,
        String origin) {
    public Label {
        variables = Map.copyOf(variables);
    }

    /// A label of what an instruction of the file asks for.
    public Label(String stage, String name, @Nullable SourceRange range, Map<String, String> variables, boolean fresh) {
        this(stage, name, range, variables, fresh, "");
    }
}
