package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Diagnostic.Severity;
import dev.jbuild.dockerfile.antlr.DockerfileLexer;
import dev.jbuild.dockerfile.antlr.DockerfileParser.DirectiveContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.InstructionContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Builds the tree of a file, or reports everything that is wrong with it.
final class DockerfileReader {
    /// A person mends a few and tries again; a file that is no Dockerfile would fill the screen.
    private static final int MAX_DIAGNOSTICS = 100;

    private final SourceFile source;
    private final Reading reading;
    private final InstructionReader instructions;
    private final List<Instruction.Arg> globalArgs = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private Instruction.@Nullable From from;
    private final List<Instruction> body = new ArrayList<>();
    private boolean insideStage;

    DockerfileReader(SourceFile source) {
        this.source = source;
        refuseLongLines(source);
        reading = new Reading(source);
        instructions = new InstructionReader(reading);
    }

    Dockerfile read() {
        if (source.text().isEmpty()) {
            reading.error("empty-file", reading.source().rangeOf(0, 0), "the Dockerfile is empty", "FROM <image>");
            throw failed();
        }
        var directives = directives();
        readLines();
        endStage();
        warnAboutEmptyContinuations();
        if (!foundErrors() && stages.isEmpty()) {
            reportNoStage();
        }
        if (foundErrors()) {
            throw failed();
        }
        return new Dockerfile(source, directives, globalArgs, stages, inOrder());
    }

    Instruction readTrigger() {
        var written = new ArrayList<InstructionContext>();
        for (var line : reading.tree().line()) {
            if (line.instruction() != null) {
                written.add(line.instruction());
            }
        }
        var start = reading.source().rangeOf(0, 0);
        if (written.size() != 1) {
            reading.error("onbuild-trigger", start, "a trigger is one instruction, not " + written.size(), null);
            throw failed();
        }
        var instruction = instructions.read(written.getFirst(), List.of());
        if (instruction instanceof Instruction.From
                || instruction instanceof Instruction.OnBuild
                || instruction instanceof Instruction.Maintainer) {
            var keyword = instruction.origin().keyword();
            reading.error("onbuild-trigger", instruction.range(), keyword + " cannot be a trigger of ONBUILD", null);
        }
        if (instruction == null || foundErrors()) {
            throw failed();
        }
        return instruction;
    }

    private boolean foundErrors() {
        for (var diagnostic : reading.diagnostics()) {
            if (diagnostic.severity() == Severity.ERROR) {
                return true;
            }
        }
        return false;
    }

    private DockerfileException failed() {
        return new DockerfileException(source, inOrder());
    }

    private List<Diagnostic> inOrder() {
        var all = reading.diagnostics();
        if (all.size() > 1) {
            all.sort(Comparator.<Diagnostic>comparingInt(each -> each.range().startLine())
                    .thenComparingInt(each -> each.range().startColumn()));
        }
        if (all.size() <= MAX_DIAGNOSTICS) {
            return all;
        }
        var shown = new ArrayList<>(all.subList(0, MAX_DIAGNOSTICS));
        var next = all.get(MAX_DIAGNOSTICS);
        var message = (all.size() - MAX_DIAGNOSTICS) + " more from here on";
        shown.add(new Diagnostic(next.severity(), "and-more", next.range(), message, null));
        return shown;
    }

    private static void refuseLongLines(SourceFile source) {
        var line = 1;
        var bytes = 0;
        for (var i = 0; i < source.text().length(); i++) {
            var c = source.text().charAt(i);
            if (c == '\n') {
                line++;
                bytes = 0;
                continue;
            }
            // Each half of a surrogate pair stands for two of the four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            if (bytes > SourceFile.MAX_LINE_BYTES) {
                var message = "a line has more than " + SourceFile.MAX_LINE_BYTES + " bytes";
                var range = new SourceRange(line, 1, line, 2);
                throw new DockerfileException(
                        source, List.of(Diagnostic.error("line-too-long", range, message, "continue it with \\")));
            }
        }
    }

    private Directives directives() {
        Token escape = null;
        Token syntax = null;
        Token check = null;
        for (var directive : reading.tree().directive()) {
            if (directive.DIRECTIVE_VALUE() == null) {
                continue;
            }
            var value = directive.DIRECTIVE_VALUE().getSymbol();
            switch (directive.getStart().getType()) {
                case DockerfileLexer.ESCAPE -> escape = once("escape", escape, value, directive);
                case DockerfileLexer.SYNTAX -> syntax = once("syntax", syntax, value, directive);
                default -> check = once("check", check, value, directive);
            }
        }
        if (escape != null
                && !escape.getText().equals("\\")
                && !escape.getText().equals("`")) {
            var message = "the escape character cannot be '" + escape.getText() + "'";
            reading.error("escape-directive", reading.rangeOf(escape), message, "# escape=\\ or # escape=`");
        }
        return new Directives(
                reading.escape(),
                syntax == null ? null : reading.verbatim(syntax),
                check == null ? null : reading.verbatim(check));
    }

    private Token once(String name, @Nullable Token before, Token value, DirectiveContext directive) {
        if (before == null) {
            return value;
        }
        var message = "only one " + name + " directive can be used";
        reading.error("repeated-directive", reading.rangeOf(directive.getStart()), message, null);
        return before;
    }

    private void readLines() {
        var comment = new ArrayList<String>();
        for (var line : reading.tree().line()) {
            if (line.comment() != null) {
                var text = line.comment().COMMENT_TEXT();
                if (text == null) {
                    comment.clear();
                } else {
                    comment.add(text.getText());
                }
                continue;
            }
            if (line.instruction() != null) {
                take(line.instruction(), comment);
                comment.clear();
            }
        }
    }

    private void take(InstructionContext node, List<String> comment) {
        var instruction = instructions.read(node, comment);
        if (node.from() != null) {
            endStage();
            insideStage = true;
            from = (Instruction.From) instruction;
        } else if (insideStage) {
            if (instruction != null) {
                body.add(instruction);
            }
        } else if (instruction instanceof Instruction.Arg arg) {
            globalArgs.add(arg);
        } else if (instruction != null) {
            var keyword = instruction.origin().keyword();
            reading.error(
                    "no-stage",
                    reading.source().keywordOf(instruction.range(), keyword),
                    keyword + " before the first FROM",
                    "only ARG can stand there");
        }
    }

    private void endStage() {
        if (from != null) {
            stages.add(new Stage(from, body));
        }
        from = null;
        body.clear();
    }

    private void reportNoStage() {
        var length = reading.source().length();
        var instruction = reading.tree().line().stream().anyMatch(line -> line.instruction() != null);
        reading.error(
                instruction ? "no-stage" : "no-instructions",
                reading.source().rangeOf(Math.max(0, length - 1), Math.max(0, length - 1)),
                instruction
                        ? "the Dockerfile has no FROM, so there is nothing to build"
                        : "the Dockerfile has no instructions",
                "FROM <image>");
    }

    private void warnAboutEmptyContinuations() {
        var previous = -1;
        for (var offset : reading.emptyContinuations()) {
            var range = reading.source().rangeOf(offset, offset);
            // A block of blank lines is one slip.
            if (range.startLine() != previous + 1) {
                reading.warn("no-empty-continuation", range, "empty line inside a continued instruction", null);
            }
            previous = range.startLine();
        }
    }
}
