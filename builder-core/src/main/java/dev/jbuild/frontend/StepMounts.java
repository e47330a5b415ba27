package dev.jbuild.frontend;

import dev.jbuild.dockerfile.RunMount;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.dockerfile.Text;
import dev.jbuild.graph.Mount;
import dev.jbuild.graph.Mount.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one RUN mounts, planned: variables expanded, defaults filled in, sources found.
final class StepMounts {
    private static final int CACHE_MODE = 0755;
    private static final int SECRET_MODE = 0400;
    private static final int AGENT_MODE = 0600;

    private final Stages stages;
    private final int stage;
    private final String directory;
    private final String cacheNamespace;
    private final List<Mount> mounts = new ArrayList<>();
    private int agents;

    /// @param stage number of the stage that the command is in
    /// @param directory absolute path that relative targets start from
    /// @param cacheNamespace keeps the caches of one user from those of another; empty for the common one
    StepMounts(Stages stages, int stage, String directory, String cacheNamespace) {
        this.stages = stages;
        this.stage = stage;
        this.directory = directory;
        this.cacheNamespace = cacheNamespace;
    }

    void add(RunMount written, WordExpander expander) throws IOException, InterruptedException {
        MountOptions options = MountOptions.read(written, expander);
        mounts.add(
                switch (options.type()) {
                    case "bind" -> bind(options);
                    case "cache" -> cache(options);
                    case "tmpfs" -> new Mount.Tmpfs(target(options), options.size());
                    case "secret" -> secret(options);
                    case "ssh" -> agent(options);
                    default -> throw new IllegalStateException("a mount of type " + options.type());
                });
    }

    /// {@return the mounts, those that hold others before them; secrets that are only variables come first}
    List<Mount> finish() {
        var sorted = new ArrayList<>(mounts);
        sorted.sort(Comparator.comparing(StepMounts::depthFirst));
        return sorted;
    }

    private static String depthFirst(Mount mount) {
        // A slash sorts before every letter of a name, so `/a` and all below it stand together and in order.
        return mount.target() == null ? "" : mount.target().replace('/', '\0') + '\0';
    }

    private Mount bind(MountOptions options) throws IOException, InterruptedException {
        return new Mount.Bind(
                tree(options, new Tree.OfContext("")),
                AbsolutePath.resolve("/", options.source()),
                target(options),
                !options.readOnly(true));
    }

    private Mount cache(MountOptions options) throws IOException, InterruptedException {
        String target = target(options);
        String id = options.id().isEmpty() ? AbsolutePath.resolve("/", options.target()) : options.id();
        return new Mount.Cache(
                cacheNamespace.isEmpty() ? id : cacheNamespace + "/" + id,
                tree(options, new Tree.Empty()),
                AbsolutePath.resolve("/", options.source()),
                target,
                options.sharing(),
                options.readOnly(false),
                options.access(CACHE_MODE));
    }

    private Tree tree(MountOptions options, Tree otherwise) throws IOException, InterruptedException {
        @Nullable String from = options.from();
        return from == null || from.isEmpty()
                ? otherwise
                : stages.mountedTree(new Text(from, options.fromRange()), stage);
    }

    private Mount secret(MountOptions options) {
        String id = options.id().isEmpty() ? options.source() : options.id();
        if (id.isEmpty()) {
            id = lastName(options.target());
        }
        @Nullable String target = options.target().isEmpty() ? null : inDirectory(options.target(), options.range());
        if (target == null && options.variable() == null) {
            target = "/run/secrets/" + lastName(id);
        }
        return new Mount.Secret(id, target, options.variable(), options.required(), options.access(SECRET_MODE));
    }

    private Mount agent(MountOptions options) {
        String target = options.target().isEmpty()
                ? "/run/buildkit/ssh_agent." + agents
                : inDirectory(options.target(), options.range());
        agents++;
        String id = options.id().isEmpty() ? options.source() : options.id();
        return new Mount.Ssh(id.isEmpty() ? "default" : id, target, options.required(), options.access(AGENT_MODE));
    }

    private String target(MountOptions options) {
        return inDirectory(options.target(), options.range());
    }

    private String inDirectory(String path, SourceRange range) {
        String target = AbsolutePath.resolve(directory, path);
        if (target.equals("/")) {
            var problem = new PlanException(
                    "invalid-mount-target", range, "invalid mount target \"/\"", "target=<path> says where");
            throw path.startsWith("/") ? problem : problem.dependingOnBase();
        }
        return target;
    }

    private static String lastName(String path) {
        String absolute = AbsolutePath.resolve("/", path);
        return absolute.substring(absolute.lastIndexOf('/') + 1);
    }
}
