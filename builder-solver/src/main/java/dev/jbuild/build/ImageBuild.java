package dev.jbuild.build;

import dev.jbuild.cache.Store;
import dev.jbuild.dockerfile.Diagnostic;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.ReadPart;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.event.BuildEvent;
import dev.jbuild.explain.BuildJournal;
import dev.jbuild.explain.Project;
import dev.jbuild.export.AssembledImage;
import dev.jbuild.export.ImageAssembler;
import dev.jbuild.frontend.BaseImages;
import dev.jbuild.frontend.BuildDefinition;
import dev.jbuild.frontend.Frontend;
import dev.jbuild.frontend.FrontendOptions;
import dev.jbuild.frontend.NamedSource;
import dev.jbuild.graph.Vertex;
import dev.jbuild.lint.FileChecks;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.LinuxException;
import dev.jbuild.oci.Platform;
import dev.jbuild.operation.Contexts;
import dev.jbuild.operation.DownloadOperation;
import dev.jbuild.operation.OperationRunner;
import dev.jbuild.operation.Rootfs;
import dev.jbuild.operation.RunOperation;
import dev.jbuild.operation.TreeDemand;
import dev.jbuild.record.BuildRecord;
import dev.jbuild.registry.RegistryClient;
import dev.jbuild.remote.RemoteFiles;
import dev.jbuild.sandbox.LinuxSandbox;
import dev.jbuild.solver.Solver;
import dev.jbuild.task.Throttle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// One build, from request to result. Start reading here.
///
/// ```
/// bytes ─SourceFile.of─▶ SourceFile ─Dockerfile.parse─▶ Dockerfile ─Frontend.define─▶ BuildDefinition
///       ─Solver.solve─▶ Rootfs ─ImageAssembler.assemble─▶ AssembledImage ─Exporter─▶ outputs
/// ```
public final class ImageBuild {
    private final BuildRequest request;
    private final BuildSettings settings;
    private final Throttle processors = Throttle.of(Runtime.getRuntime().availableProcessors());

    private ImageBuild(BuildRequest request, BuildSettings settings) {
        this.request = request;
        this.settings = settings;
    }

    /// Builds what `request` asks for. When it returns, the result is durable.
    ///
    /// @throws dev.jbuild.dockerfile.DockerfileException when the Dockerfile, or a file it names, is at fault
    /// @throws BuildStepException when a command of the Dockerfile failed
    /// @throws dev.jbuild.oci.ImageException when a base image cannot be had
    /// @throws dev.jbuild.state.StateException when the state directory cannot be used
    /// @throws InterruptedException when the calling thread was interrupted: every step has been stopped
    public static BuildResult run(BuildRequest request, BuildSettings settings)
            throws IOException, InterruptedException {
        return new ImageBuild(request, settings).run();
    }

    /// Plans what `request` asks for, on the images that registries have; no step runs.
    ///
    /// @throws dev.jbuild.dockerfile.DockerfileException when the Dockerfile is at fault
    /// @throws dev.jbuild.oci.ImageException when a base image cannot be had
    public static BuildDefinition plan(BuildRequest request, BuildSettings settings)
            throws IOException, InterruptedException {
        try (Store store = Store.open(settings.stateDirectory());
                RegistryClient registry = new RegistryClient(settings.mirrors())) {
            // The plan itself looks at the file alone first.
            return plan(request, new PinnedImages(registry, store, settings.listener(), request.pull(), () -> {}));
        }
    }

    /// Plans what `request` asks for; no step runs.
    ///
    /// @param images asked for the base images
    public static BuildDefinition plan(BuildRequest request, BaseImages images)
            throws IOException, InterruptedException {
        Dockerfile dockerfile = parse(request, DockerfileSource.read(request));
        return Frontend.define(
                dockerfile, frontendOptions(request, dockerfile, new BuildSources(request).named()), images);
    }

    /// {@return a Dockerfile that can be read}
    ///
    /// @throws DockerfileException with everything that is wrong, in the plan of what can be read as well
    private static Dockerfile parse(BuildRequest request, SourceFile source) throws IOException, InterruptedException {
        try {
            return Dockerfile.parse(source);
        } catch (DockerfileException problem) {
            @Nullable ReadPart rest = problem.rest();
            if (rest == null) {
                throw problem;
            }
            var named = new BuildSources(request).namedOffline();
            throw Frontend.withRest(problem, frontendOptions(request, rest.dockerfile(), named), false);
        }
    }

    /// {@return what the last build of a project did; nothing when there was none}
    ///
    /// @param project its [BuildRequest#project]; null means the one that was built last
    public static Optional<BuildRecord> lastBuild(Path stateDirectory, @Nullable String project)
            throws IOException, InterruptedException {
        try (Store store = Store.open(stateDirectory)) {
            return project == null ? store.records().latest() : store.records().last(project);
        }
    }

    private BuildResult run() throws IOException, InterruptedException {
        BuildOutputs.check(request);
        SourceFile source = DockerfileSource.read(request);
        Dockerfile dockerfile = parse(request, source);
        warn(dockerfile);
        var checks = new BuildChecks(dockerfile, request);
        var sources = new BuildSources(request);
        try (Store store = Store.open(settings.stateDirectory());
                Contexts contexts = sources.open(store);
                RegistryClient registry = new RegistryClient(settings.mirrors())) {
            try {
                FrontendOptions options = frontendOptions(request, dockerfile, sources.named());
                var images = new PinnedImages(
                        registry,
                        store,
                        settings.listener(),
                        request.pull(),
                        () -> Frontend.checkAlone(dockerfile, options));
                BuildDefinition definition = Frontend.define(dockerfile, options, images, checks.plan());
                checks.report(settings.listener());
                Feasibility.check(definition.root(), source);
                AssembledImage image = solve(definition, store, contexts, dockerfile);
                BuildResult result = new BuildOutputs(request, store, processors).write(image, rewritten(image, store));
                store.committer().flush();
                return result;
            } catch (LinuxException failure) {
                if (failure.is(Errno.ENOSPC) || failure.is(Errno.EDQUOT)) {
                    throw store.state().explain(failure);
                }
                throw failure;
            }
        }
    }

    private void warn(Dockerfile dockerfile) {
        for (Diagnostic warning : dockerfile.warnings()) {
            if (warning.rule().equals(FileChecks.EMPTY_CONTINUATION)) {
                // A build check says it, in its own words.
                continue;
            }
            String place = dockerfile.source().name() + ":" + warning.range().startLine();
            settings.listener().on(new BuildEvent.Notice(BuildEvent.Level.WARNING, place + ": " + warning.message()));
        }
    }

    private static FrontendOptions frontendOptions(
            BuildRequest request, Dockerfile dockerfile, Map<String, NamedSource> named) {
        Platform host = Platform.host();
        return new FrontendOptions(
                request.target(),
                SourceDate.arguments(request, dockerfile),
                named,
                request.platform() == null ? host : request.platform(),
                host,
                request.fresh());
    }

    /// {@return the image without times later than SOURCE_DATE_EPOCH; null when no output wants it}
    private @Nullable AssembledImage rewritten(AssembledImage image, Store store)
            throws IOException, InterruptedException {
        if (!SourceDate.rewritesTimes(request)) {
            return null;
        }
        if (image.epoch() == null) {
            settings.listener().on(new BuildEvent.Notice(BuildEvent.Level.WARNING, SourceDate.MISSING));
            return null;
        }
        return new ImageAssembler(store.layers(), processors).notAfterEpoch(image);
    }

    private AssembledImage solve(BuildDefinition definition, Store store, Contexts contexts, Dockerfile dockerfile)
            throws IOException, InterruptedException {
        var project = new Project(
                request.project(),
                dockerfile,
                definition.root(),
                request.fresh(),
                request.buildArguments().keySet());
        var journal = new BuildJournal(project, store);
        var runs = new RunOperation(store.layers(), LinuxSandbox.open(), HostFiles.resolvConf());
        var downloads = new DownloadOperation(store.layers(), store.downloads(), new RemoteFiles());
        try (var runner = new OperationRunner(
                        store.layers(), contexts, runs, downloads, TreeDemand.of(definition.root()));
                var solver = new Solver(store.cache(), runner, settings.listener(), journal, request.longestCached())) {
            try {
                @Nullable Vertex root = definition.root();
                Rootfs rootfs = root == null ? Rootfs.EMPTY : solver.solve(root).rootfs();
                journal.save();
                return new ImageAssembler(store.layers(), processors)
                        .assemble(
                                definition.image(),
                                rootfs,
                                vertex -> solver.solve(vertex).created());
            } catch (CancellationException _) {
                journal.save();
                throw StepFailures.explain(solver.firstFailure(), dockerfile.source());
            }
        }
    }
}
