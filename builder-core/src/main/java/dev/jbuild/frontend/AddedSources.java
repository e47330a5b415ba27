package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.git.GitException;
import dev.jbuild.git.GitReference;
import dev.jbuild.graph.Label;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Operation.Source;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.Digest;
import dev.jbuild.remote.FileAddress;
import dev.jbuild.remote.RemoteFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the files of one ADD come from.
///
/// @param checksum as expanded; null without one
/// @param unpack whether downloads are unpacked, too
/// @param keepGitDirectory `--keep-git-dir`; null when not written
/// @param range the instruction, for messages
record AddedSources(
        @Nullable Checksum checksum,
        boolean unpack,
        @Nullable Boolean keepGitDirectory,
        SourceRange range) {
    /// @param text never empty
    record Checksum(String text, SourceRange range) {}

    static AddedSources of(Instruction.Add add, WordExpander expander, SourceRange range) {
        @Nullable Word written = add.checksum();
        String text = written == null ? "" : expander.expand(written);
        return new AddedSources(
                written == null || text.isEmpty() ? null : new Checksum(text, written.range()),
                Boolean.TRUE.equals(add.unpack()),
                add.keepGitDir(),
                range);
    }

    /// {@return a source for each path}
    List<Source> of(List<String> paths) {
        List<SourcePlace> places =
                paths.stream().map(path -> SourcePlace.of(path, range)).toList();
        if (checksum != null) {
            check(checksum, places);
        }
        var sources = new ArrayList<Source>();
        for (SourcePlace place : places) {
            sources.add(
                    switch (place) {
                        case SourcePlace.Local(String pattern) -> new Source.FromContext("", pattern);
                        case SourcePlace.Web(String url) -> download(url);
                        case SourcePlace.Git(GitReference reference) -> checkout(reference);
                    });
        }
        return sources;
    }

    private static void check(Checksum checksum, List<SourcePlace> places) {
        if (places.size() != 1) {
            throw new PlanException(
                    "add-checksum", checksum.range(), "checksum can't be specified for multiple sources", null);
        }
        if (places.getFirst() instanceof SourcePlace.Local) {
            throw new PlanException("add-checksum", checksum.range(), "checksum requires HTTP(S) or Git sources", null);
        }
    }

    private Source download(String url) {
        FileAddress address;
        try {
            address = FileAddress.parse(url);
        } catch (RemoteFileException problem) {
            throw new PlanException("invalid-url", range, String.valueOf(problem.getMessage()), null);
        }
        var label = new Label("", address.toString(), range, Map.of(), false);
        @Nullable Digest digest = checksum == null ? null : digest(checksum);
        Vertex file = Vertex.of(new Operation.Download(address, digest), null, label);
        return new Source.OneFile(file, address.fileName(), unpack);
    }

    /// Everything that the tree holds goes into the destination.
    private Source checkout(GitReference reference) {
        GitReference wanted;
        try {
            wanted = reference.with(checksum == null ? null : checksum.text(), keepGitDirectory);
        } catch (GitException problem) {
            throw new PlanException("invalid-git", range, String.valueOf(problem.getMessage()), null);
        }
        var label = new Label("", wanted.shown(), range, Map.of(), false);
        return new Source.FromVertex(Vertex.of(new Operation.GitCheckout(wanted), null, label), "/");
    }

    private static Digest digest(Checksum checksum) {
        try {
            return Digest.parse(checksum.text());
        } catch (IllegalArgumentException malformed) {
            throw new PlanException(
                    "invalid-checksum",
                    checksum.range(),
                    "invalid checksum '" + checksum.text() + "': " + malformed.getMessage(),
                    "sha256: and 64 digits in lower case, as sha256sum prints them");
        }
    }
}
