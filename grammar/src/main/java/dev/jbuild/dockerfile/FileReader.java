package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Flags.Kind;
import dev.jbuild.dockerfile.Flags.Known;
import dev.jbuild.dockerfile.Instruction.FileFlags;
import dev.jbuild.dockerfile.Instruction.FileSource;
import dev.jbuild.dockerfile.Instruction.Origin;
import dev.jbuild.dockerfile.antlr.DockerfileParser.AddContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.CopyContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.HeredocContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.PathsContext;
import dev.jbuild.dockerfile.antlr.HeredocOpening;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
                    Rule.FROM_NOT_EXPANDED,
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
        var last = written.getLast();
        if (HeredocOpening.of(last.text()) != null) {
            reading.error(
                    Rule.HEREDOC_DESTINATION,
                    last.range(),
                    keyword + " cannot write to a here-document",
                    keyword + " " + last.text() + " <destination>");
            return null;
        }
        var sources = new ArrayList<FileSource>();
        for (var i = 0; i < written.size() - 1; i++) {
            var heredoc = i < heredocs.size() ? heredocs.get(i) : null;
            sources.add(heredoc == null ? new FileSource.Path(written.get(i)) : new FileSource.Inline(heredoc));
        }
        return new Files(sources, written.getLast());
    }

    private void refuse(String keyword, List<Word> written, @Nullable PathsContext paths, Origin origin) {
        var got = written.isEmpty() ? "" : ", got only '" + written.getFirst().text() + "'";
        var range = paths == null ? reading.keyword(origin) : reading.rangeOf(paths);
        var example = written.isEmpty() ? "<source>" : written.getFirst().text();
        reading.error(
                keyword.equals("COPY") ? Rule.COPY_NO_DESTINATION : Rule.ADD_NO_DESTINATION,
                range,
                keyword + " needs a source and a destination" + got,
                keyword + " " + example + " /app/");
    }

    /// Returns for each word the here-document that it opens, or null. A string of an array opens none, but cannot
    /// look like one where the destination stands.
    private List<@Nullable Heredoc> heredocs(@Nullable PathsContext paths, List<HeredocContext> bodies) {
        var heredocs = new ArrayList<@Nullable Heredoc>();
        if (paths == null || paths.words() == null) {
            return heredocs;
        }
        var read = new HeredocReader(reading).read(bodies, true);
        for (var word : paths.words().word()) {
            heredocs.add(word.HEREDOC() == null ? null : heredoc(word.HEREDOC().getSymbol(), read));
        }
        return heredocs;
    }

    private Heredoc heredoc(Token word, List<Heredoc> read) {
        var opening = Objects.requireNonNull(HeredocOpening.of(word.getText()));
        var content = "";
        Word body = null;
        for (var each : read) {
            if (each.name().equals(opening.name())) {
                content = each.content();
                body = each.body();
            }
        }
        return new Heredoc(
                opening.name(),
                word.getText(),
                content,
                opening.quoted() ? null : body,
                !opening.quoted(),
                opening.chomp(),
                opening.fileDescriptor(),
                reading.rangeOf(word));
    }
}
