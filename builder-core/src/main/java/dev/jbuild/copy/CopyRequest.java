package dev.jbuild.copy;

import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import java.util.List;

/// A COPY or ADD with everything expanded and every name of a user resolved.
///
/// @param sources at least one
/// @param destination as written: relative to the working directory unless it starts with a slash, and a directory when
///     it ends with one
/// @param workingDirectory absolute
/// @param created time of directories and inline files
public record CopyRequest(
        List<CopySource> sources,
        ByteString destination,
        ByteString workingDirectory,
        CopyRules rules,
        Timestamp created) {
    public CopyRequest {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a copy without a source");
        }
        if (workingDirectory.isEmpty() || workingDirectory.byteAt(0) != '/') {
            throw new IllegalArgumentException("working directory is not absolute: '" + workingDirectory + "'");
        }
    }
}
