package dev.jbuild.frontend;

import dev.jbuild.copy.CopyException;
import dev.jbuild.copy.ModeChange;
import dev.jbuild.dockerfile.Heredoc;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.Instruction.FileFlags;
import dev.jbuild.dockerfile.Instruction.FileSource;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Operation.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// COPY or ADD with its words expanded.
///
/// @param keyword `COPY` or `ADD`
/// @param inline files that stand in the Dockerfile; here-documents come before paths
/// @param paths as expanded, patterns included
/// @param owner `--chown` as expanded
/// @param mode `--chmod` as expanded; it is a mode
/// @param unpack whether local archives are unpacked
/// @param range the instruction, for messages
record FileInstruction(
        String keyword,
        List<Source.Inline> inline,
        List<String> paths,
        String destination,
        @Nullable String owner,
        @Nullable String mode,
        boolean unpack,
        SourceRange range) {
    FileInstruction {
        inline = List.copyOf(inline);
        paths = List.copyOf(paths);
    }

    static FileInstruction of(Instruction.Copy copy, WordExpander expander, SourceRange range) {
        if (copy.parents()) {
            throw notYet("copy-parents", range, "COPY --parents");
        }
        return of("COPY", copy.flags(), copy.sources(), copy.destination(), false, expander, range);
    }

    static FileInstruction of(Instruction.Add add, WordExpander expander, SourceRange range) {
        if (add.checksum() != null) {
            throw notYet("add-checksum", add.checksum().range(), "ADD --checksum");
        }
        boolean unpack = add.unpack() == null || add.unpack();
        return of("ADD", add.flags(), add.sources(), add.destination(), unpack, expander, range);
    }

    private static FileInstruction of(
            String keyword,
            FileFlags flags,
            List<FileSource> sources,
            Word destination,
            boolean unpack,
            WordExpander expander,
            SourceRange range) {
        if (!flags.excludes().isEmpty()) {
            throw notYet("copy-exclude", flags.excludes().getFirst().range(), keyword + " --exclude");
        }
        var inline = new ArrayList<Source.Inline>();
        var paths = new ArrayList<String>();
        for (FileSource source : sources) {
            switch (source) {
                case FileSource.Path(Word word) -> paths.add(expander.expand(word));
                case FileSource.Inline(Heredoc document) ->
                    inline.add(new Source.Inline(
                            document.name(),
                            document.body() == null ? document.text() : expander.expand(document.body())));
            }
        }
        @Nullable String owner = flags.owner() == null ? null : expander.expand(flags.owner());
        return new FileInstruction(
                keyword,
                inline,
                paths,
                expander.expand(destination),
                owner,
                mode(flags.mode(), expander),
                unpack,
                range);
    }

    /// {@return the operation that copies}
    ///
    /// @param sources in the order in which they are copied
    /// @param directory what a relative destination starts from
    Operation.Copy operation(List<Source> sources, String directory, boolean unpackArchives) {
        return new Operation.Copy(sources, destination, directory, owner, mode, unpackArchives);
    }

    /// {@return sources and destination as the step's name shows them}
    String shown() {
        var words = new ArrayList<String>();
        inline.forEach(file -> words.add("<<" + file.name()));
        words.addAll(paths);
        words.add(destination);
        return String.join(" ", words);
    }

    /// {@return the instruction as history tells it}
    String createdBy() {
        String flags = (owner == null ? "" : "--chown=" + owner + " ") + (mode == null ? "" : "--chmod=" + mode + " ");
        return keyword + " " + flags + shown() + " # buildkit";
    }

    /// Refuses sources that are not files of a context or stage.
    void rejectUrls() {
        for (String path : paths) {
            boolean url = path.startsWith("http://") || path.startsWith("https://");
            boolean git = path.startsWith("git://") || path.startsWith("git@") || path.startsWith("ssh://");
            if (!url && !git) {
                continue;
            }
            if (keyword.equals("ADD")) {
                throw notYet("add-remote", range, "ADD of the remote source '" + path + "'");
            }
            throw new PlanException(
                    "copy-remote",
                    range,
                    url ? "source can't be a URL for COPY" : "source can't be a git ref for COPY",
                    "use ADD for '" + path + "'");
        }
    }

    private static @Nullable String mode(@Nullable Word word, WordExpander expander) {
        if (word == null) {
            return null;
        }
        String text = expander.expand(word);
        try {
            ModeChange.parse(text);
        } catch (CopyException problem) {
            throw new PlanException("invalid-chmod", word.range(), String.valueOf(problem.getMessage()), null);
        }
        return text;
    }

    private static PlanException notYet(String rule, SourceRange range, String what) {
        return new PlanException(rule, range, what + " is not supported yet", null);
    }
}
