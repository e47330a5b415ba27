package dev.jbuild.dockerfile;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One instruction, exactly as written: no variable is expanded and no default filled in.
///
/// The family is closed, so a `switch` over it needs no `default` branch and a new instruction is a
/// compile error wherever it is not handled.
public sealed interface Instruction {

    /// Where and how it is written.
    Origin origin();

    /// Where it stands, from its keyword to the end of its last argument or here-document.
    default SourceRange range() {
        return origin().range();
    }

    /// Its source with continuation lines joined, keyword included, bodies of here-documents left out.
    default String text() {
        return origin().text();
    }

    /// How an instruction is written.
    ///
    /// @param keyword as written, in any case
    /// @param text see [Instruction#text()]
    /// @param comment the lines of the comment above, `#` and outer blanks taken off, over empty lines;
    ///     an empty `#` begins it anew
    record Origin(String keyword, String text, List<String> comment, SourceRange range) {
        public Origin {
            comment = List.copyOf(comment);
        }

        /// Returns what the comment says of `name`: the rest of its first line that begins with it and a blank; empty
        /// when there is none.
        public String description(String name) {
            var start = name + " ";
            for (var line : comment) {
                if (line.startsWith(start)) {
                    return line.substring(start.length());
                }
            }
            return "";
        }
    }

    /// `FROM [--platform=<platform>] <image> [AS <name>]`
    record From(
            @Nullable Word platform, Word image, @Nullable Alias alias, Origin origin) implements Instruction {

        /// Returns the stage's name in lower case, as it is compared, or null if it has none.
        public @Nullable String name() {
            return alias == null ? null : alias.name().value().toLowerCase(Locale.ROOT);
        }
    }

    /// `AS <name>`
    ///
    /// @param keyword `AS` as written
    /// @param name as written; a letter, then letters, digits, `-`, `_` and `.`
    record Alias(Text keyword, Text name) {}

    /// `RUN [--mount=..] [--network=..] [--security=..] [--device=..] <command>`
    ///
    /// @param network `default`, `none` or `host`; null when not written
    /// @param security `sandbox` or `insecure`; null when not written
    /// @param devices each `<name>[,required]`
    record Run(
            List<RunMount> mounts,
            @Nullable Text network,
            @Nullable Text security,
            List<Text> devices,
            Command command,
            Origin origin)
            implements Instruction {
        public Run {
            mounts = List.copyOf(mounts);
            devices = List.copyOf(devices);
        }
    }

    /// Something that COPY or ADD puts into the image.
    sealed interface FileSource {
        /// A path, wildcard, URL or git reference.
        record Path(Word word) implements FileSource {}

        /// A file whose content stands in the Dockerfile.
        record Inline(Heredoc heredoc) implements FileSource {}
    }

    /// The flags that COPY and ADD share.
    ///
    /// @param owner `--chown`
    /// @param mode `--chmod`
    /// @param link `--link` or `--link=true`
    /// @param excludes `--exclude`, patterns that are not expanded
    record FileFlags(@Nullable Word owner, @Nullable Word mode, boolean link, List<Text> excludes) {
        public FileFlags {
            excludes = List.copyOf(excludes);
        }
    }

    /// `COPY [--from=<stage|image|context>] [--parents] [flags] <source>... <destination>`
    ///
    /// @param from where sources are read; null means the build context
    /// @param sources at least one
    record Copy(
            @Nullable Text from,
            boolean parents,
            FileFlags flags,
            List<FileSource> sources,
            Word destination,
            Origin origin)
            implements Instruction {
        public Copy {
            sources = atLeastOne("COPY", sources);
        }
    }

    /// `ADD [flags] <source>... <destination>`
    ///
    /// @param checksum `--checksum`
    /// @param keepGitDir `--keep-git-dir`; null when not written
    /// @param unpack `--unpack`; null when not written: local archives are unpacked, downloads are not
    /// @param sources at least one
    record Add(
            @Nullable Word checksum,
            @Nullable Boolean keepGitDir,
            @Nullable Boolean unpack,
            FileFlags flags,
            List<FileSource> sources,
            Word destination,
            Origin origin)
            implements Instruction {
        public Add {
            sources = atLeastOne("ADD", sources);
        }
    }

    /// `name=value`, or the old `NAME rest of the line`
    ///
    /// @param old whether it is written in the old form
    record Binding(Word name, Word value, boolean old) {}

    /// `ENV <name>=<value>...`
    ///
    /// @param bindings at least one
    record Env(List<Binding> bindings, Origin origin) implements Instruction {
        public Env {
            bindings = atLeastOne("ENV", bindings);
        }
    }

    /// `LABEL <name>=<value>...`
    ///
    /// @param bindings at least one
    record Label(List<Binding> bindings, Origin origin) implements Instruction {
        public Label {
            bindings = atLeastOne("LABEL", bindings);
        }
    }

    /// `name` or `name=default`
    ///
    /// @param value null when there is no `=`
    record Declaration(Word name, @Nullable Word value) {}

    /// `ARG <name>[=<default>]...`
    ///
    /// @param declarations at least one
    record Arg(List<Declaration> declarations, Origin origin) implements Instruction {
        public Arg {
            declarations = atLeastOne("ARG", declarations);
        }
    }

    /// `WORKDIR <path>`: the whole rest of the line, blanks included
    record Workdir(Word path, Origin origin) implements Instruction {}

    /// `USER <user>[:<group>]`
    record User(Word user, Origin origin) implements Instruction {}

    /// `EXPOSE <port>[/<protocol>]...`: an expanded word may hold several ports
    ///
    /// @param ports at least one
    record Expose(List<Word> ports, Origin origin) implements Instruction {
        public Expose {
            ports = atLeastOne("EXPOSE", ports);
        }
    }

    /// `VOLUME <path>...`
    ///
    /// @param paths at least one, none of them written as empty
    record Volume(List<Word> paths, Origin origin) implements Instruction {
        public Volume {
            paths = atLeastOne("VOLUME", paths);
        }
    }

    /// `CMD <command>`
    record Cmd(Command command, Origin origin) implements Instruction {}

    /// `ENTRYPOINT <command>`
    record Entrypoint(Command command, Origin origin) implements Instruction {}

    /// `SHELL ["<program>", "<argument>"...]`
    ///
    /// @param arguments at least one; the text of a command is added as the last
    record Shell(List<String> arguments, Origin origin) implements Instruction {
        public Shell {
            arguments = atLeastOne("SHELL", arguments);
        }
    }

    /// `STOPSIGNAL <signal>`: a name with or without `SIG`, or a number
    record StopSignal(Word signal, Origin origin) implements Instruction {}

    /// `HEALTHCHECK NONE`, or `HEALTHCHECK [flags] CMD <command>`
    ///
    /// @param command null for `NONE`
    record Healthcheck(@Nullable Command command, HealthTiming timing, Origin origin) implements Instruction {}

    /// `ONBUILD <instruction>`
    ///
    /// @param trigger the instruction's text verbatim, continuation lines joined, here-documents behind it, as an
    ///     image's configuration stores it; see [Dockerfile#parseTrigger(SourceFile)]
    record OnBuild(String trigger, Origin origin) implements Instruction {}

    /// `MAINTAINER <name>`, deprecated
    record Maintainer(Text name, Origin origin) implements Instruction {}

    private static <T> List<T> atLeastOne(String keyword, List<T> elements) {
        if (elements.isEmpty()) {
            throw new IllegalArgumentException(keyword + " without an argument");
        }
        return List.copyOf(elements);
    }
}
