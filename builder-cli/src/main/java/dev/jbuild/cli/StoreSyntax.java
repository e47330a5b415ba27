package dev.jbuild.cli;

import dev.jbuild.collect.Amounts;
import dev.jbuild.collect.ItemFilter;
import dev.jbuild.store.CheckRequest;
import dev.jbuild.store.DiskUsageRequest;
import dev.jbuild.store.PruneRequest;
import dev.jbuild.store.ReportFormat;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The options of the commands that look after the store.
final class StoreSyntax {
    private static final String FILTER_HELP =
            "KEY=VALUE, KEY!=VALUE or KEY~=PATTERN; keys: id, type, description, inuse, shared, private, until (24h:"
                    + " not used for a day); repeatable";

    private StoreSyntax() {}

    static CommandSpec diskUsage() {
        var command = CommandSpec.create();
        command.addOption(filter());
        command.addOption(Options.flag("-v", "--verbose")
                .description("list each item, not only each type")
                .build());
        addCommon(command);
        Options.layOut(command.usageMessage());
        command.usageMessage().header("Says what the store holds, and why.", "").customSynopsis("jbuild du [OPTIONS]");
        return command;
    }

    static CommandSpec prune() {
        var command = CommandSpec.create();
        command.addOption(Options.flag("-a", "--all")
                .description("all that no tagged image and no running process needs (default, without a filter or"
                        + " limit: what no build can use any more)")
                .build());
        command.addOption(filter());
        command.addOption(Options.value("SIZE", "--max-used-space")
                .description("remove what is worth least until the store takes no more; 10GB, 512MiB or 20%")
                .build());
        command.addOption(Options.value("SIZE", "--min-free-space")
                .description("remove what is worth least until that much is free on the file system")
                .build());
        command.addOption(Options.value("SIZE", "--reserved-space")
                .description("stop when the store takes no more than this")
                .build());
        command.addOption(Options.value("TIME", "--keep-duration")
                .description("keep what was used within 24h, 7d, ...")
                .build());
        command.addOption(Options.flag("-f", "--force")
                .description("accepted; nothing is asked anyway")
                .build());
        command.addOption(Options.flag("--verbose").hidden(true).build());
        addCommon(command);
        Options.layOut(command.usageMessage());
        command.usageMessage()
                .header("Removes some of the store, while builds run too.", "")
                .customSynopsis("jbuild prune [OPTIONS]");
        return command;
    }

    static CommandSpec check() {
        var command = CommandSpec.create();
        command.addOption(Options.flag("--deep")
                .description("read every byte and compare it with its digest")
                .build());
        addCommon(command);
        Options.layOut(command.usageMessage());
        command.usageMessage()
                .header("Looks for damage in the store, and heals it. Exits with 1 when something was damaged.", "")
                .customSynopsis("jbuild check [OPTIONS]");
        return command;
    }

    static Command check(ParseResult parsed) {
        return new Command.CheckStore(
                new CheckRequest(Options.given(parsed, "--deep"), format(parsed)), Options.root(parsed));
    }

    private static OptionSpec filter() {
        return Options.values("FILTER", "--filter").description(FILTER_HELP).build();
    }

    private static void addCommon(CommandSpec command) {
        command.addOption(Options.value("FORMAT", "--format")
                .description("table (the default) or json")
                .build());
        command.addOption(Options.value("DIR", "--root")
                .description("directory of the local store")
                .build());
        command.addOption(Options.help());
    }

    static Command diskUsage(ParseResult parsed) {
        var request = new DiskUsageRequest(filters(parsed), Options.given(parsed, "--verbose"), format(parsed));
        return new Command.DiskUsage(request, Options.root(parsed));
    }

    static Command prune(ParseResult parsed) {
        var keep = Options.value(parsed, "--keep-duration");
        var request = new PruneRequest(
                filters(parsed),
                Options.given(parsed, "--all"),
                size(parsed, "--max-used-space"),
                size(parsed, "--min-free-space"),
                size(parsed, "--reserved-space"),
                keep == null ? Duration.ZERO : Amounts.duration(keep),
                format(parsed));
        return new Command.Prune(request, Options.root(parsed));
    }

    /// {@return the text of a size, which is one}
    private static @Nullable String size(ParseResult parsed, String option) {
        var text = Options.value(parsed, option);
        if (text != null) {
            var ignored = Amounts.bytes(text, 0);
        }
        return text;
    }

    private static List<ItemFilter> filters(ParseResult parsed) {
        return Options.values(parsed, "--filter").stream()
                .map(ItemFilter::parse)
                .toList();
    }

    static ReportFormat format(ParseResult parsed) {
        var name = Options.value(parsed, "--format");
        return switch (name) {
            case null -> ReportFormat.TABLE;
            case "table" -> ReportFormat.TABLE;
            case "json" -> ReportFormat.JSON;
            default -> throw new UsageException("--format has no '" + name + "'", "formats are table and json");
        };
    }
}
