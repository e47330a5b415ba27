package dev.jbuild.cli;

import dev.jbuild.build.BuildRequest;
import dev.jbuild.build.BuildResult;
import dev.jbuild.collect.CacheLimit;
import dev.jbuild.frontend.FreshStages;
import dev.jbuild.oci.ImageReference;
import dev.jbuild.oci.InvalidReferenceException;
import dev.jbuild.progress.BuildProgress;
import dev.jbuild.progress.ProgressMode;
import dev.jbuild.registry.RegistryMirrors;
import dev.jbuild.store.Upkeep;
import dev.jbuild.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// `jbuild build`: options to request, result to files and standard output.
final class BuildCommand {
    private final BuildOptions options;
    private final Settings settings;
    private final Terminal terminal;
    private final ImageBuilder builder;

    BuildCommand(BuildOptions options, Settings settings, Terminal terminal, ImageBuilder builder) {
        this.options = options;
        this.settings = settings;
        this.terminal = terminal;
        this.builder = builder;
    }

    /// Builds, and says how it went.
    ExitCode run() throws IOException, InterruptedException {
        // Everything that can be wrong with the arguments is found before anything is touched.
        var request = request();
        var stateDirectory = settings.stateDirectory(options.root());
        var mirrors = mirrors(options.registryMirrors(), settings);
        var limit = CacheLimit.of(settings.environment().get("JBUILD_CACHE_MAX"));
        for (var file : resultFiles()) {
            file.remove();
        }
        var code = build(request, stateDirectory, mirrors);
        Upkeep.run(limit, stateDirectory, options.quiet(), terminal);
        return code;
    }

    private ExitCode build(BuildRequest request, Path stateDirectory, RegistryMirrors mirrors)
            throws IOException, InterruptedException {
        var progress = BuildProgress.open(
                options.quiet() ? ProgressMode.QUIET : options.progress(), options.explain(), terminal);
        try (progress) {
            var result = builder.build(request, stateDirectory, mirrors, progress);
            progress.close();
            report(result);
            if (!isQuiet()) {
                WarningSummary.print(progress.warnings(), options.debug(), terminal);
            }
            return ExitCode.DONE;
        } catch (RuntimeException | IOException failure) {
            progress.close();
            return FailureReport.print(failure, progress.failedSteps(), options.debug(), terminal);
        }
    }

    private BuildRequest request() {
        var context = context(options.contexts());
        var request = BuildRequest.of(context)
                .dockerfile(dockerfile(context, options.file()))
                .fresh(new FreshStages(options.noCache(), stages(options.noCacheStages())))
                .longestCached(options.longestCached())
                .pull(options.pull())
                .reproducible(options.reproducible());
        if (options.target() != null) {
            request.target(options.target());
        }
        request.platform(PlatformOption.parse(options.platform(), settings.environment()));
        options.buildArguments(settings.environment()).forEach(request::buildArgument);
        for (var text : options.buildContexts()) {
            var named = ContextOption.parse(text);
            request.namedContext(named.name(), named.source());
        }
        for (var tag : options.tags()) {
            request.tag(reference(tag));
        }
        for (var output : options.outputs()) {
            request.output(OutputOption.parse(output));
        }
        return request.build();
    }

    /// Several may stand in one value, as elsewhere.
    private static Set<String> stages(List<String> values) {
        var stages = new TreeSet<String>();
        values.forEach(value -> stages.addAll(List.of(value.split(","))));
        return stages;
    }

    /// {@return the directory that COPY and ADD read from}
    ///
    /// @param contexts what stands where it belongs
    static Path context(List<String> contexts) {
        if (contexts.size() != 1) {
            var problem = contexts.isEmpty()
                    ? "the context is missing: which directory do COPY and ADD read from?"
                    : "there can be only one context, got '" + String.join("' and '", contexts) + "'";
            var meant = contexts.isEmpty() ? null : Subcommand.near(contexts.getFirst());
            throw new UsageException(
                    problem,
                    meant == null
                            ? "jbuild [OPTIONS] CONTEXT, for example: jbuild -t app ."
                            : "did you mean jbuild " + meant.word() + "?");
        }
        var context = contexts.getFirst();
        if (context.equals("-") || ContextOption.isRemote(context)) {
            throw new UsageException("a context from '" + context + "' is not supported yet", "name a directory");
        }
        var directory = Path.of(context);
        if (!Files.isDirectory(directory)) {
            var problem = Files.exists(directory) ? "is not a directory" : "does not exist";
            throw new UsageException("the context '" + context + "' " + problem, null);
        }
        return directory;
    }

    /// {@return the Dockerfile of a context}
    ///
    /// @param file as `-f` names it; null means the usual one
    static Path dockerfile(Path context, @Nullable String file) {
        var chosen = dockerfileName(context, file);
        requireDockerfile(chosen, context, file);
        return chosen;
    }

    /// Refuses a Dockerfile that does not exist.
    static void requireDockerfile(Path chosen, Path context, @Nullable String file) {
        if (Files.exists(chosen)) {
            return;
        }
        if (file == null) {
            throw new UsageException("no Dockerfile in '" + context + "'", "-f FILE names another one");
        }
        var inContext = Files.exists(context.resolve(file));
        throw new UsageException(
                "the Dockerfile '" + file + "' does not exist",
                inContext ? "-f is relative to the current directory: -f " + context.resolve(file) : null);
    }

    /// {@return where the Dockerfile of a context is, if there is one}
    ///
    /// @param file as `-f` names it; null means the usual one
    static Path dockerfileName(Path context, @Nullable String file) {
        if (file == null) {
            var usual = context.resolve("Dockerfile");
            var lowerCase = context.resolve("dockerfile");
            return !Files.exists(usual) && Files.exists(lowerCase) ? lowerCase : usual;
        }
        if (file.equals("-") || ContextOption.isRemote(file)) {
            throw new UsageException("a Dockerfile from '" + file + "' is not supported yet", "name a file");
        }
        return Path.of(file);
    }

    private static ImageReference reference(String tag) {
        try {
            var reference = ImageReference.parse(tag);
            if (reference.digest() != null) {
                throw new UsageException("--tag '" + tag + "' has a digest, which nobody can choose", null);
            }
            return reference;
        } catch (InvalidReferenceException invalid) {
            throw new UsageException("--tag " + invalid.getMessage(), null);
        }
    }

    /// {@return the mirrors of an option and of the environment}
    static RegistryMirrors mirrors(List<String> option, Settings settings) {
        var texts = new ArrayList<String>();
        texts.add(settings.environment().getOrDefault("JBUILD_REGISTRY_MIRRORS", ""));
        texts.addAll(option);
        try {
            return RegistryMirrors.parse(texts);
        } catch (IllegalArgumentException invalid) {
            throw new UsageException(String.valueOf(invalid.getMessage()), null);
        }
    }

    private List<ResultFile> resultFiles() {
        var files = new ArrayList<ResultFile>();
        addFile(files, options.imageIdFile());
        addFile(files, options.metadataFile());
        return files;
    }

    private static void addFile(List<ResultFile> files, @Nullable String path) {
        if (path != null) {
            files.add(new ResultFile(Path.of(path)));
        }
    }

    private void report(BuildResult result) throws IOException {
        var id = result.configDigest().toString();
        if (options.imageIdFile() != null) {
            new ResultFile(Path.of(options.imageIdFile())).write(id);
        }
        if (options.metadataFile() != null) {
            new ResultFile(Path.of(options.metadataFile())).write(Metadata.print(result));
        }
        if (isQuiet()) {
            terminal.result(id);
        }
    }

    private boolean isQuiet() {
        return options.quiet() || options.progress() == ProgressMode.QUIET;
    }
}
