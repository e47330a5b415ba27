package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Diagnostic.Phase;
import dev.jbuild.dockerfile.Diagnostic.Severity;
import dev.jbuild.dockerfile.antlr.Blanks;
import dev.jbuild.dockerfile.antlr.DockerfileLexer;
import dev.jbuild.dockerfile.antlr.DockerfileParser.DirectiveContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.InstructionContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Builds the tree of a file, or reports everything that is wrong with it.
final class DockerfileReader {
    /// A person mends a few and tries again; a file that is no Dockerfile would fill the screen.
    private static final int MAX_DIAGNOSTICS = 100;

    private final SourceFile source;
    private final Directives directives;
    private final Reading reading;
    private final InstructionReader instructions;
    private final List<Instruction.Arg> globalArgs = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private Instruction.@Nullable From from;
    private final List<Instruction> body = new ArrayList<>();
    private boolean insideStage;

    /// Whether something that cannot be read is, or may be, a FROM.
    private boolean lostStage;

    /// Whether something that cannot be read sets variables or the directory, now or as a trigger.
    private boolean lostState;

    DockerfileReader(SourceFile source) {
        this.source = source;
        var longLine = LongLine.find(source.text());
        reading = new Reading(longLine == null ? source.text() : source.text().substring(0, longLine.start()));
        if (longLine != null) {
            reading.error(Rule.LINE_TOO_LONG, longLine.range(), longLine.message(), "continue it with \\");
        }
        directives = new Directives(
                reading.escape(), SyntaxDirective.syntax(source.text()), SyntaxDirective.check(source.text()));
        instructions = new InstructionReader(reading);
    }

    Dockerfile read() {
        if (directives.areForeign()) {
            // What else there is to say is about a language that the file is not in.
            reading.diagnostics().clear();
            refuseForeignSyntax();
            throw failed();
        }
        readAll();
        if (foundErrors()) {
            throw new DockerfileException(source, inOrder(), rest());
        }
        return new Dockerfile(source, directives, globalArgs, stages, inOrder());
    }

    /// What can be looked at without the instructions that are wrong; null when the file may fall apart otherwise.
    private @Nullable ReadPart rest() {
        var useless = stages.isEmpty()
                || reading.diagnostics().size() > MAX_DIAGNOSTICS
                || holds(Rule.LINE_TOO_LONG, 0)
                || holds(Rule.ESCAPE_DIRECTIVE, 0);
        if (useless) {
            return null;
        }
        var lostAnything = holds(Rule.UNTERMINATED_HEREDOC, 0) || holds(Rule.HEREDOC_WORD, 0);
        var lacksStages = lostStage || lostAnything;
        var dockerfile = new Dockerfile(source, directives, globalArgs, stages, List.of());
        return new ReadPart(dockerfile, lostState || lacksStages, lacksStages);
    }

    /// @param from number of diagnostics that do not count
    private boolean holds(Rule rule, int from) {
        var all = reading.diagnostics();
        return all.subList(from, all.size()).stream()
                .anyMatch(each -> each.rule().equals(rule.id()));
    }

    /// Tells all that there is to say instead of refusing the file.
    Examination examine() {
        if (directives.areForeign()) {
            refuseForeignSyntax();
        }
        readAll();
        var diagnostics = inOrder();
        var dockerfile = foundErrors() ? null : new Dockerfile(source, directives, globalArgs, stages, diagnostics);
        var tree = new SyntaxTreeReader(reading).read();
        return new Examination(source, directives, tree, dockerfile, diagnostics);
    }

    private void readAll() {
        if (source.text().isEmpty()) {
            reading.error(Rule.EMPTY_FILE, reading.source().rangeOf(0, 0), "the Dockerfile is empty", "FROM <image>");
            return;
        }
        checkDirectives();
        readLines();
        endStage();
        warnAboutEmptyContinuations();
        reportMissing();
    }

    private void refuseForeignSyntax() {
        var syntax = directives.syntax();
        if (syntax != null) {
            reading.error(
                    Rule.FOREIGN_SYNTAX,
                    syntax.range(),
                    "the file is written for the frontend image '" + directives.frontend()
                            + "', and jbuild does not run frontend images",
                    "# syntax=docker/dockerfile:1 is the language that jbuild reads");
        }
    }

    Instruction readTrigger() {
        var written = new ArrayList<InstructionContext>();
        var lines = reading.tree().line();
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).instruction() != null) {
                written.add(lines.get(i).instruction());
                reading.startLine(reading.logicalLine(i));
            }
        }
        var start = reading.source().rangeOf(0, 0);
        if (written.size() != 1) {
            reading.error(Rule.ONBUILD_TRIGGER, start, "a trigger is one instruction, not " + written.size(), null);
            throw failed();
        }
        var instruction = instructions.read(written.getFirst(), List.of());
        if (instruction instanceof Instruction.From
                || instruction instanceof Instruction.OnBuild
                || instruction instanceof Instruction.Maintainer) {
            var keyword = instruction.origin().keyword();
            reading.error(Rule.ONBUILD_TRIGGER, instruction.range(), keyword + " cannot be a trigger of ONBUILD", null);
        }
        if (instruction == null || foundErrors()) {
            throw failed();
        }
        return instruction;
    }

    private boolean foundErrors() {
        return foundErrors(Phase.SYNTAX) || foundErrors(Phase.INSTRUCTION) || foundErrors(Phase.MEANING);
    }

    private boolean foundErrors(Phase phase) {
        for (var diagnostic : reading.diagnostics()) {
            if (diagnostic.severity() == Severity.ERROR && diagnostic.phase() == phase) {
                return true;
            }
        }
        return false;
    }

    /// @param from number of diagnostics that do not count
    private boolean foundErrors(int from) {
        var all = reading.diagnostics();
        return all.subList(from, all.size()).stream().anyMatch(each -> each.severity() == Severity.ERROR);
    }

    private DockerfileException failed() {
        return new DockerfileException(source, inOrder());
    }

    private List<Diagnostic> inOrder() {
        var all = reading.diagnostics();
        if (all.size() > 1) {
            all.sort(Diagnostic.BY_PLACE);
        }
        if (all.size() <= MAX_DIAGNOSTICS) {
            return all;
        }
        var shown = new ArrayList<>(all.subList(0, MAX_DIAGNOSTICS));
        var next = all.get(MAX_DIAGNOSTICS);
        var message = (all.size() - MAX_DIAGNOSTICS) + " more from here on";
        shown.add(new Diagnostic(next.severity(), Rule.AND_MORE.id(), next.phase(), next.range(), message, null));
        return shown;
    }

    private void checkDirectives() {
        Token escape = null;
        Token syntax = null;
        Token check = null;
        for (var directive : reading.tree().directive()) {
            var name = directive.getStart();
            switch (name.getType()) {
                case DockerfileLexer.ESCAPE -> {
                    escape = once("escape", escape, name);
                    checkEscape(directive);
                }
                case DockerfileLexer.SYNTAX -> syntax = once("syntax", syntax, name);
                default -> check = once("check", check, name);
            }
        }
    }

    private void checkEscape(DirectiveContext directive) {
        var value = directive.DIRECTIVE_VALUE() == null
                ? " "
                : directive.DIRECTIVE_VALUE().getText();
        if (!value.equals("\\") && !value.equals("`")) {
            var message = "the escape character cannot be '" + value + "'";
            reading.error(Rule.ESCAPE_DIRECTIVE, reading.rangeOf(directive), message, "# escape=\\ or # escape=`");
        }
    }

    private Token once(String name, @Nullable Token before, Token directive) {
        if (before == null) {
            return directive;
        }
        var message = "only one " + name + " directive can be used";
        reading.error(Rule.REPEATED_DIRECTIVE, reading.rangeOf(directive), message, null);
        return before;
    }

    private void readLines() {
        var comment = new ArrayList<String>();
        var lines = reading.tree().line();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.comment() != null) {
                var text = line.comment().COMMENT_TEXT();
                var stripped = text == null ? "" : Blanks.strip(text.getText());
                if (stripped.isEmpty()) {
                    comment.clear();
                } else {
                    comment.add(stripped);
                }
                continue;
            }
            var logical = reading.logicalLine(i);
            reading.startLine(logical);
            if (line.instruction() != null) {
                take(line.instruction(), comment);
                comment.clear();
            } else if (logical.continued()) {
                reading.error(
                        Rule.UNKNOWN_INSTRUCTION,
                        reading.source().rangeOf(logical.first(), logical.first()),
                        "a line is continued, but nothing follows",
                        "remove the " + reading.escape());
            }
        }
    }

    private void take(InstructionContext node, List<String> comment) {
        var before = reading.diagnostics().size();
        var instruction = instructions.read(node, comment);
        lostStage |= holds(Rule.UNKNOWN_INSTRUCTION, before);
        if (reading.holdsBrokenHeredoc()) {
            reading.error(
                    Rule.HEREDOC_WORD,
                    reading.rangeOf(node.getStart()),
                    "a here-document of this line has a delimiter that cannot be read",
                    "close its quotes and braces");
        }
        // What is wrong is left out of all that follows: one mistake is told once.
        var broken = foundErrors(before);
        lostState |= broken && setsState(node);
        if (node.from() != null) {
            endStage();
            insideStage = true;
            lostStage |= broken;
            from = broken ? null : (Instruction.From) instruction;
        } else if (insideStage) {
            if (instruction != null && !broken) {
                body.add(instruction);
            }
        } else if (instruction instanceof Instruction.Arg arg) {
            if (!broken) {
                globalArgs.add(arg);
            }
        } else if (instruction != null && !lostStage) {
            var keyword = instruction.origin().keyword();
            reading.error(
                    Rule.BEFORE_FIRST_STAGE,
                    reading.source().keywordOf(instruction.range(), keyword),
                    keyword + " before the first FROM",
                    "only ARG can stand there");
        }
    }

    private static boolean setsState(InstructionContext node) {
        return node.env() != null || node.arg() != null || node.workdir() != null || node.onbuild() != null;
    }

    private void endStage() {
        if (from != null) {
            stages.add(new Stage(from, body));
        }
        from = null;
        body.clear();
    }

    private void reportMissing() {
        var length = reading.source().length();
        var end = reading.source().rangeOf(Math.max(0, length - 1), Math.max(0, length - 1));
        if (!holdsInstruction() && !foundErrors(Phase.SYNTAX)) {
            reading.error(Rule.NO_INSTRUCTIONS, end, "the Dockerfile has no instructions", "FROM <image>");
        } else if (stages.isEmpty() && !foundErrors()) {
            reading.error(
                    Rule.NO_STAGE, end, "the Dockerfile has no FROM, so there is nothing to build", "FROM <image>");
        }
    }

    private boolean holdsInstruction() {
        var lines = reading.tree().line();
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).instruction() != null || reading.logicalLine(i).continued()) {
                return true;
            }
        }
        return false;
    }

    private void warnAboutEmptyContinuations() {
        var previous = -1;
        for (var offset : reading.emptyContinuations()) {
            var range = reading.source().rangeOf(offset, offset);
            // A block of blank lines is one slip.
            if (range.startLine() != previous + 1) {
                reading.warn(Rule.NO_EMPTY_CONTINUATION, range, "empty line inside a continued instruction", null);
            }
            previous = range.startLine();
        }
    }
}
