package dev.jbuild.dockerfile;

/// Builds the tree of a file.
final class DockerfileReader {
    private final SourceFile source;

    DockerfileReader(SourceFile source) {
        this.source = source;
    }

    Dockerfile read() {
        throw new UnsupportedOperationException("not there yet: " + source.name());
    }

    Instruction readTrigger() {
        throw new UnsupportedOperationException("not there yet: " + source.name());
    }
}
