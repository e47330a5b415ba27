package dev.jbuild.dockerfile;

import dev.jbuild.dockerfile.Instruction.Origin;
import dev.jbuild.dockerfile.antlr.Blanks;
import dev.jbuild.dockerfile.antlr.DockerfileLexer;
import dev.jbuild.dockerfile.antlr.DockerfileParser;
import dev.jbuild.dockerfile.antlr.DockerfileParser.AddContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.ArgContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.CommandContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.CopyContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.EnvContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.ExposeContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.FlagsContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.FromContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.HealthcheckContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.HeredocContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.InstructionContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.LabelContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.MaintainerContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.OnbuildContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.RunContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.ShellContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.UnknownContext;
import dev.jbuild.dockerfile.antlr.DockerfileParser.VolumeContext;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Reads one instruction: counts its arguments, checks its flags, and makes the record.
final class InstructionReader {
    private static final List<String> KEYWORDS = List.of(
            "FROM",
            "RUN",
            "COPY",
            "ADD",
            "ENV",
            "ARG",
            "WORKDIR",
            "USER",
            "LABEL",
            "EXPOSE",
            "VOLUME",
            "CMD",
            "ENTRYPOINT",
            "SHELL",
            "STOPSIGNAL",
            "HEALTHCHECK",
            "ONBUILD",
            "MAINTAINER");

    private final Reading reading;
    private final WordList words;
    private final CommandReader commands;
    private final AssignmentReader assignments;

    InstructionReader(Reading reading) {
        this.reading = reading;
        words = new WordList(reading);
        commands = new CommandReader(reading);
        assignments = new AssignmentReader(reading);
    }

    /// Returns the instruction, or null after reporting why there is none.
    @Nullable
    Instruction read(InstructionContext node, List<String> comment) {
        var specific = (ParserRuleContext) node.getChild(0);
        var origin = origin(specific, comment);
        // By number, not by type: a switch over types is linked when it first runs, which start-up would feel.
        return switch (specific.getRuleIndex()) {
            case DockerfileParser.RULE_from -> new FromReader(reading).read((FromContext) specific, origin);
            case DockerfileParser.RULE_run -> new RunReader(reading).read((RunContext) specific, origin);
            case DockerfileParser.RULE_cmd -> new Instruction.Cmd(command(specific), origin);
            case DockerfileParser.RULE_entrypoint -> new Instruction.Entrypoint(command(specific), origin);
            case DockerfileParser.RULE_shell -> shell((ShellContext) specific, origin);
            case DockerfileParser.RULE_copy -> new FileReader(reading).copy((CopyContext) specific, origin);
            case DockerfileParser.RULE_add -> new FileReader(reading).add((AddContext) specific, origin);
            case DockerfileParser.RULE_volume -> volume((VolumeContext) specific, origin);
            case DockerfileParser.RULE_expose -> expose((ExposeContext) specific, origin);
            case DockerfileParser.RULE_env -> env((EnvContext) specific, origin);
            case DockerfileParser.RULE_label -> label((LabelContext) specific, origin);
            case DockerfileParser.RULE_arg -> arg((ArgContext) specific, origin);
            case DockerfileParser.RULE_workdir -> line("WORKDIR", specific, Instruction.Workdir::new, origin);
            case DockerfileParser.RULE_user -> line("USER", specific, Instruction.User::new, origin);
            case DockerfileParser.RULE_stopsignal -> line("STOPSIGNAL", specific, Instruction.StopSignal::new, origin);
            case DockerfileParser.RULE_maintainer -> maintainer((MaintainerContext) specific, origin);
            case DockerfileParser.RULE_healthcheck -> healthcheck((HealthcheckContext) specific, origin);
            case DockerfileParser.RULE_onbuild -> onbuild((OnbuildContext) specific, origin);
            case DockerfileParser.RULE_unknown -> unknown((UnknownContext) specific);
            default -> throw new IllegalStateException("no instruction: " + specific.getClass());
        };
    }

    private Origin origin(ParserRuleContext node, List<String> comment) {
        var start = Reading.start(node);
        var lineEnd = lineEnd(node);
        var last = node.getStop();
        // Heredoc bodies follow the line; their last line break is not part of the instruction.
        var end = last.equals(lineEnd) ? lineEnd.getStartIndex() : endWithoutBreak(last);
        return new Origin(
                node.getStart().getText(),
                reading.text(start, lineEnd.getStartIndex()),
                comment,
                reading.rangeOf(start, end));
    }

    private int endWithoutBreak(Token token) {
        var text = token.getText();
        var end = token.getStopIndex() + 1;
        if (text.endsWith("\n")) {
            end--;
        }
        return text.endsWith("\r\n") ? end - 1 : end;
    }

    private static Token lineEnd(ParserRuleContext node) {
        var found = Reading.find(node, DockerfileLexer.NEWLINE);
        if (found != null) {
            return found;
        }
        var trigger = node.getRuleContext(InstructionContext.class, 0);
        return lineEnd((ParserRuleContext) trigger.getChild(0));
    }

    private Command command(ParserRuleContext node) {
        noFlags(node.getRuleContext(FlagsContext.class, 0));
        return commands.read(node.getRuleContext(CommandContext.class, 0), List.of());
    }

    private @Nullable Instruction env(EnvContext node, Origin origin) {
        noFlags(node.flags());
        var bindings = assignments.bindings("ENV", node.assignments(), origin);
        return bindings.isEmpty() ? null : new Instruction.Env(bindings, origin);
    }

    private @Nullable Instruction label(LabelContext node, Origin origin) {
        noFlags(node.flags());
        var bindings = assignments.bindings("LABEL", node.assignments(), origin);
        return bindings.isEmpty() ? null : new Instruction.Label(bindings, origin);
    }

    /// Flags that nobody ever looked at are not refused now.
    private void warnAboutFlags(FlagsContext flags, String keyword) {
        for (var flag : flags.FLAG()) {
            reading.warn(Rule.FLAG_WITHOUT_EFFECT, reading.rangeOf(flag.getSymbol()), keyword + " has no flags", null);
        }
    }

    private void noFlags(FlagsContext flags) {
        Flags.read(flags, List.of(), reading);
    }

    private @Nullable Instruction shell(ShellContext node, Origin origin) {
        noFlags(node.flags());
        var command = node.command();
        if (command != null && command.NOT_STRINGS() != null) {
            JsonStrings.refuse(command.NOT_STRINGS().getSymbol(), reading);
            return null;
        }
        if (command == null || command.array() == null) {
            var range = command == null ? reading.keyword(origin) : reading.rangeOf(command);
            reading.error(Rule.SHELL_FORM, range, "SHELL needs a JSON array", "SHELL [\"/bin/sh\", \"-c\"]");
            return null;
        }
        var strings = JsonStrings.texts(command.array(), reading);
        if (strings.isEmpty()) {
            reading.missing("SHELL", "a program", "SHELL [\"/bin/sh\", \"-c\"]", origin);
            return null;
        }
        return new Instruction.Shell(strings, origin);
    }

    private @Nullable Instruction volume(VolumeContext node, Origin origin) {
        noFlags(node.flags());
        var paths = node.paths() == null ? List.<Word>of() : words.read(node.paths(), "VOLUME");
        if (node.paths() != null && node.paths().NOT_STRINGS() != null) {
            return null;
        }
        if (paths.isEmpty()) {
            reading.missing("VOLUME", "a path", "VOLUME <path>", origin);
            return null;
        }
        for (var path : paths) {
            if (Blanks.strip(path.text()).isEmpty()) {
                reading.error(Rule.EMPTY_VOLUME, path.range(), "VOLUME with an empty path", null);
            }
        }
        return new Instruction.Volume(paths, origin);
    }

    private @Nullable Instruction expose(ExposeContext node, Origin origin) {
        noFlags(node.flags());
        var ports =
                node.words() == null ? List.<Word>of() : words.read(node.words().word(), "EXPOSE");
        if (ports.isEmpty()) {
            reading.missing("EXPOSE", "a port", "EXPOSE <port>[/tcp|/udp]", origin);
            return null;
        }
        return new Instruction.Expose(ports, origin);
    }

    private @Nullable Instruction arg(ArgContext node, Origin origin) {
        warnAboutFlags(node.flags(), "ARG");
        var declarations = assignments.declarations(node.declarations(), origin);
        return declarations.isEmpty() ? null : new Instruction.Arg(declarations, origin);
    }

    private @Nullable Instruction line(
            String keyword, ParserRuleContext node, BiFunction<Word, Origin, Instruction> form, Origin origin) {
        if (keyword.equals("STOPSIGNAL")) {
            warnAboutFlags(node.getRuleContext(FlagsContext.class, 0), keyword);
        } else {
            noFlags(node.getRuleContext(FlagsContext.class, 0));
        }
        var text = Reading.find(node, DockerfileLexer.TEXT);
        if (text == null) {
            reading.missing(keyword, "an argument", null, origin);
            return null;
        }
        return form.apply(reading.word(text), origin);
    }

    private @Nullable Instruction maintainer(MaintainerContext node, Origin origin) {
        noFlags(node.flags());
        if (node.TEXT() == null) {
            reading.missing("MAINTAINER", "an argument", null, origin);
            return null;
        }
        return new Instruction.Maintainer(reading.verbatim(node.TEXT().getSymbol()), origin);
    }

    private @Nullable Instruction healthcheck(HealthcheckContext node, Origin origin) {
        if (node.command() != null && node.command().NOT_STRINGS() != null) {
            JsonStrings.refuse(node.command().NOT_STRINGS().getSymbol(), reading);
            return null;
        }
        if (node.HEALTH_NONE() != null) {
            warnAboutFlags(node.flags(), "HEALTHCHECK NONE");
            if (node.command() == null) {
                return new Instruction.Healthcheck(null, HealthTiming.NONE, origin);
            }
            reading.error(Rule.HEALTHCHECK_NONE, reading.rangeOf(node.command()), "NONE takes no arguments", null);
            return null;
        }
        var timing = new HealthReader(reading).read(Flags.read(node.flags(), HealthReader.KNOWN, reading));
        var example = "HEALTHCHECK CMD <command>, or HEALTHCHECK NONE";
        if (node.HEALTH_OTHER() != null) {
            var other = node.HEALTH_OTHER().getSymbol();
            reading.error(
                    Rule.HEALTHCHECK_TYPE, reading.rangeOf(other), "unknown check '" + other.getText() + "'", example);
        } else if (node.HEALTH_CMD() == null) {
            reading.missing("HEALTHCHECK", "CMD or NONE", example, origin);
        } else {
            var command = commands.read(node.command(), List.of());
            var empty = node.command() == null || (command instanceof Command.Exec(List<String> all) && all.isEmpty());
            if (!empty) {
                return new Instruction.Healthcheck(command, timing, origin);
            }
            var range = reading.rangeOf(node.HEALTH_CMD().getSymbol());
            reading.error(Rule.HEALTHCHECK_COMMAND, range, "HEALTHCHECK CMD without a command", example);
        }
        return null;
    }

    private @Nullable Instruction onbuild(OnbuildContext node, Origin origin) {
        noFlags(node.flags());
        if (node.instruction() == null) {
            reading.missing("ONBUILD", "an instruction", "ONBUILD <instruction>", origin);
            return null;
        }
        var trigger = (ParserRuleContext) node.instruction().getChild(0);
        var name = trigger.getStart().getText().toUpperCase(Locale.ROOT);
        if (trigger instanceof OnbuildContext
                || trigger instanceof FromContext
                || trigger instanceof MaintainerContext) {
            reading.error(
                    Rule.ONBUILD_TRIGGER,
                    reading.rangeOf(trigger.getStart()),
                    name + " cannot be a trigger of ONBUILD",
                    null);
            return null;
        }
        reading.insideTrigger(true);
        read(node.instruction(), List.of());
        reading.insideTrigger(false);
        var lineEnd = lineEnd(trigger);
        var text = new StringBuilder(reading.text(Reading.start(trigger), lineEnd.getStartIndex()));
        for (var body : trigger.getRuleContexts(HeredocContext.class)) {
            text.append('\n').append(reading.text(Reading.start(body), endWithoutBreak(body.getStop())));
        }
        return new Instruction.OnBuild(text.toString(), origin);
    }

    private @Nullable Instruction unknown(UnknownContext node) {
        var keyword = node.UNKNOWN().getText();
        var range = reading.rangeOf(node.UNKNOWN().getSymbol());
        var help = Suggestion.of(keyword, KEYWORDS);
        if (help == null && range.startColumn() > 1 && range.startLine() > 1) {
            // Nobody indents an instruction, but many forget to continue a line.
            help = "if this belongs to the line above, end that with " + reading.escape();
        }
        reading.error(Rule.UNKNOWN_INSTRUCTION, range, "unknown instruction " + keyword, help);
        return null;
    }
}
