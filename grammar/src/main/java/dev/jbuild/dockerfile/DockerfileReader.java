package dev.jbuild.dockerfile;

import java.util.List;

/// Builds the tree of a file.
final class DockerfileReader {
    private final SourceFile source;

    DockerfileReader(SourceFile source) {
        this.source = source;
    }

    Dockerfile read() {
        var directives = new Directives('\\', null, null);
        return new Dockerfile(source, directives, List.of(), List.of(), List.of());
    }

    Instruction readTrigger() {
        var range = new SourceText(source.text()).rangeOf(0, 0);
        return new Instruction.OnBuild("", new Instruction.Origin("", "", List.of(), range));
    }
}
