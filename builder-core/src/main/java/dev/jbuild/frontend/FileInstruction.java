package dev.jbuild.frontend;

import dev.jbuild.context.ContextException;
import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.copy.CopyException;
import dev.jbuild.copy.ModeChange;
import dev.jbuild.dockerfile.Heredoc;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.Instruction.FileFlags;
import dev.jbuild.dockerfile.Instruction.FileSource;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.dockerfile.Text;
import dev.jbuild.dockerfile.Word;
import dev.jbuild.graph.Operation.CopyOptions;
import dev.jbuild.graph.Operation.Source;
import dev.jbuild.linux.ByteString;
import dev.jbuild.user.UserDatabase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// COPY or ADD with its words expanded.
///
/// @param keyword `COPY` or `ADD`
/// @param paths as expanded, patterns included
/// @param inline files that stand in the Dockerfile; they are copied behind the paths
/// @param options with patterns and a mode that can be read
/// @param link whether the files are a layer that depends on nothing below it
/// @param range the instruction, for messages
record FileInstruction(
        String keyword,
        List<String> paths,
        List<Source.Inline> inline,
        String destination,
        CopyOptions options,
        boolean link,
        SourceRange range) {
    FileInstruction {
        paths = List.copyOf(paths);
        inline = List.copyOf(inline);
    }

    static FileInstruction of(Instruction.Copy copy, WordExpander expander, SourceRange range) {
        CopyOptions options = options(copy.flags(), false, copy.parents(), expander);
        return of(
                "COPY",
                copy.sources(),
                copy.destination(),
                options,
                copy.flags().link(),
                expander,
                range);
    }

    static FileInstruction of(Instruction.Add add, WordExpander expander, SourceRange range) {
        boolean unpack = add.unpack() == null || add.unpack();
        CopyOptions options = options(add.flags(), unpack, false, expander);
        return of("ADD", add.sources(), add.destination(), options, add.flags().link(), expander, range);
    }

    private static FileInstruction of(
            String keyword,
            List<FileSource> sources,
            Word destination,
            CopyOptions options,
            boolean link,
            WordExpander expander,
            SourceRange range) {
        var inline = new ArrayList<Source.Inline>();
        var paths = new ArrayList<String>();
        for (FileSource source : sources) {
            switch (source) {
                case FileSource.Path(Word word) -> paths.add(expander.expand(word));
                case FileSource.Inline(Heredoc document) ->
                    inline.add(new Source.Inline(
                            fileName(document),
                            document.body() == null ? document.text() : expander.expandText(document.body())));
            }
        }
        return new FileInstruction(keyword, paths, inline, expander.expand(destination), options, link, range);
    }

    /// The name of a here-document that is a file.
    static String fileName(Heredoc document) {
        String name = document.name();
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
            throw new PlanException(
                    "invalid-heredoc-name",
                    document.range(),
                    "here-document '" + name + "' becomes a file, and that is no name for one",
                    "write a word without a slash, for example <<EOF");
        }
        return name;
    }

    private static CopyOptions options(FileFlags flags, boolean unpack, boolean parents, WordExpander expander) {
        @Nullable String owner = flags.owner() == null ? null : expander.expand(flags.owner());
        var excludes = new ArrayList<String>();
        for (Text pattern : flags.excludes()) {
            try {
                IgnorePatterns readable = IgnorePatterns.of(List.of(ByteString.of(pattern.value())));
                assert readable.patterns().size() <= 1;
            } catch (ContextException problem) {
                throw new PlanException("invalid-exclude", pattern.range(), String.valueOf(problem.getMessage()), null);
            }
            excludes.add(pattern.value());
        }
        return new CopyOptions(owner, mode(flags.mode(), expander), unpack, parents, excludes, null);
    }

    /// {@return whether the name of the owner has to be looked up in the image}
    boolean namesOwner() {
        return options.owner() != null && !UserDatabase.isNumeric(ByteString.of(options.owner()));
    }

    /// {@return sources and destination as the step's name shows them}
    String shown() {
        var words = new ArrayList<>(paths);
        inline.forEach(file -> words.add("<<" + file.name()));
        words.add(destination);
        return String.join(" ", words);
    }

    /// {@return the instruction as history tells it}
    String createdBy() {
        return keyword
                + (options.parents() ? " --parents" : "")
                + (options.owner() == null ? "" : " --chown=" + options.owner())
                + (options.mode() == null ? "" : " --chmod=" + options.mode())
                + " " + shown() + " # buildkit";
    }

    /// Refuses sources that are not files of a context or stage.
    void rejectRemote() {
        for (String path : paths) {
            String problem = switch (SourcePlace.of(path, range)) {
                case SourcePlace.Local _ -> null;
                case SourcePlace.Web _ -> "source can't be a URL for COPY";
                case SourcePlace.Git _ -> "source can't be a git ref for COPY";
            };
            if (problem != null) {
                throw new PlanException("copy-remote", range, problem, "use ADD for '" + path + "'");
            }
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
}
