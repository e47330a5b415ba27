package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Flags.Kind;
import dev.jbuild.dockerfile.Flags.Known;
import dev.jbuild.dockerfile.Instruction.FileFlags;
import dev.jbuild.dockerfile.Instruction.FileSource;
import dev.jbuild.dockerfile.Instruction.Origin;
import dev.jbuild.dockerfile.antlr.DockerfileLexer;
import dev.jbuild.dockerfile.antlr.DockerfileParser.AddContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.CopyContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.HeredocContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.PathsContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Reads COPY and ADD.
final class FileReader {
    private static final List<Known> COPY = List.of(
            new Known("from", Kind.VALUE),
            new Known("chown", Kind.VALUE),
            new Known("chmod", Kind.VALUE),
            new Known("link", Kind.SWITCH),
            new Known("parents", Kind.SWITCH),
            new Known("exclude", Kind.LIST));
    private static final List<Known> ADD = List.of(
            new Known("chown", Kind.VALUE),
            new Known("chmod", Kind.VALUE),
            new Known("link", Kind.SWITCH),
            new Known("exclude", Kind.LIST),
            new Known("keep-git-dir", Kind.SWITCH),
            new Known("checksum", Kind.VALUE),
            new Known("unpack", Kind.SWITCH));

    private final Reading reading;
    private final WordList words;

    FileReader(Reading reading) {
        this.reading = reading;
        words = new WordList(reading);
    }

    /// What an instruction copies and where to.
    private record Files(List<FileSource> sources, Word destination) {}

    @Nullable
    Instruction copy(CopyContext node, Origin origin) {
        var flags = Flags.read(node.flags(), COPY, reading);
        var from = flags.text("from");
        if (from != null && from.value().indexOf('$') >= 0) {
            reading.error(
                    "from-not-expanded",
                    from.range(),
                    "variables are not expanded in --from",
                    "give it a name with FROM " + from.value() + " AS <name> and write --from=<name>");
        }
        var files = files("COPY", node.paths(), node.heredoc(), origin);
        return files == null
                ? null
                : new Instruction.Copy(
                        from, flags.isOn("parents"), common(flags), files.sources(), files.destination(), origin);
    }

    @Nullable
    Instruction add(AddContext node, Origin origin) {
        var flags = Flags.read(node.flags(), ADD, reading);
        var files = files("ADD", node.paths(), node.heredoc(), origin);
        return files == null
                ? null
                : new Instruction.Add(
                        flags.word("checksum"),
                        flags.choice("keep-git-dir"),
                        flags.choice("unpack"),
                        common(flags),
                        files.sources(),
                        files.destination(),
                        origin);
    }

    private static FileFlags common(Flags flags) {
        return new FileFlags(flags.word("chown"), flags.word("chmod"), flags.isOn("link"), flags.texts("exclude"));
    }

    private @Nullable Files files(
            String keyword, @Nullable PathsContext paths, List<HeredocContext> bodies, Origin origin) {
        var written = paths == null ? List.<Word>of() : words.read(paths, keyword);
        var heredocs = heredocs(paths, bodies);
        if (written.size() < 2) {
            refuse(keyword, written, paths, origin);
            return null;
        }
        var last = heredocs.getLast();
        if (last != null) {
            reading.error(
                    "heredoc-destination",
                    last.range(),
                    keyword + " cannot write to a here-document",
                    keyword + " " + last.opening() + " <destination>");
            return null;
        }
        var sources = new ArrayList<FileSource>();
        for (var i = 0; i < written.size() - 1; i++) {
            var heredoc = heredocs.get(i);
            sources.add(heredoc == null ? new FileSource.Path(written.get(i)) : new FileSource.Inline(heredoc));
        }
        return new Files(sources, written.getLast());
    }

    private void refuse(String keyword, List<Word> written, @Nullable PathsContext paths, Origin origin) {
        var got = written.isEmpty() ? "" : ", got only '" + written.getFirst().text() + "'";
        var range = paths == null ? reading.keyword(origin) : reading.rangeOf(paths);
        var example = written.isEmpty() ? "<source>" : written.getFirst().text();
        reading.error(
                keyword.equals("COPY") ? "copy-no-destination" : "add-no-destination",
                range,
                keyword + " needs a source and a destination" + got,
                keyword + " " + example + " /app/");
    }

    /// Returns for each word the here-document that it opens, or null.
    private List<@Nullable Heredoc> heredocs(@Nullable PathsContext paths, List<HeredocContext> bodies) {
        var openings = new ArrayList<@Nullable Token>();
        if (paths != null && paths.array() != null) {
            // A string of an array opens nothing.
            for (var i = 0; i < paths.array().element().size(); i++) {
                openings.add(null);
            }
        } else if (paths != null) {
            for (var word : paths.word()) {
                openings.add(Reading.find(word, DockerfileLexer.HEREDOC));
            }
        }
        var tokens = new ArrayList<Token>();
        for (var opening : openings) {
            if (opening != null) {
                tokens.add(opening);
            }
        }
        var read = new HeredocReader(reading).read(tokens, bodies, true).iterator();
        var heredocs = new ArrayList<@Nullable Heredoc>();
        for (var opening : openings) {
            heredocs.add(opening == null ? null : read.next());
        }
        return heredocs;
    }
}
