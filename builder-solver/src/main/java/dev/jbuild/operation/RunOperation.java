package dev.jbuild.operation;

import dev.jbuild.copy.CopyPlan;
import dev.jbuild.event.BuildEvent.OutputStreamKind;
import dev.jbuild.graph.Label;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Operation.EnvironmentVariable;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Fd;
import dev.jbuild.sandbox.OutputSink;
import dev.jbuild.sandbox.Sandbox;
import dev.jbuild.sandbox.SandboxResult;
import dev.jbuild.sandbox.SandboxSpec;
import dev.jbuild.snapshot.Layer;
import dev.jbuild.snapshot.LayerStore;
import dev.jbuild.snapshot.RunDirectories;
import dev.jbuild.user.StepUser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// RUN: a command in a sandbox. What it changes in its root becomes the layer.
public final class RunOperation {
    private static final String PIPES = "/dev/pipes/";
    private static final int SCRIPT_MODE = 0755;

    private final LayerStore store;
    private final Sandbox sandbox;
    private final ByteString resolvConf;

    /// @param resolvConf what every step finds in `/etc/resolv.conf`
    public RunOperation(LayerStore store, Sandbox sandbox, ByteString resolvConf) {
        this.store = store;
        this.sandbox = sandbox;
        this.resolvConf = resolvConf;
    }

    /// {@return the layer of what the command changed}
    ///
    /// @throws StepFailedException when the command ran without success
    Layer run(Operation.Run run, Label label, Rootfs base, StepOutput output) throws IOException, InterruptedException {
        RootfsTree tree = RootfsTree.open(store, base);
        StepUser user = tree.users().resolveUser(ByteString.of(run.user().isEmpty() ? "0" : run.user()));
        try (RunDirectories directories = store.newRun(base.layers());
                LowerTrees lowers = LowerTrees.open(store, base)) {
            makeWorkingDirectory(run, user, directories, tree);
            var spec = SandboxSpec.of(
                            new SandboxSpec.Root(lowers.directories(), directories.upper(), directories.work()),
                            bytes(run.arguments()))
                    .environment(environment(run, user))
                    .workingDirectory(ByteString.of(run.directory()))
                    .user(new SandboxSpec.User(user.userId(), user.groupId(), user.groups()))
                    .resolvConf(resolvConf);
            SandboxResult result = runIn(spec, run, directories, new Sink(output, lowers));
            if (!result.status().isSuccess()) {
                throw new StepFailedException(label, String.join(" ", run.arguments()), result.status());
            }
            return store.commitRun(directories);
        }
    }

    private SandboxResult runIn(
            SandboxSpec.Builder spec, Operation.Run run, RunDirectories directories, OutputSink sink)
            throws IOException, InterruptedException {
        if (run.script() == null) {
            return sandbox.run(spec.build(), sink);
        }
        ByteString target = ByteString.of(PIPES + run.script().name());
        try (Fd script = directories.writeFile(ByteString.of(run.script().text()), SCRIPT_MODE)) {
            spec.binds(List.of(new SandboxSpec.Bind(script, target)));
            return sandbox.run(spec.build(), sink);
        }
    }

    /// A base image may name a working directory that it does not have; then the step has it, owned by its user.
    private static void makeWorkingDirectory(
            Operation.Run run, StepUser user, RunDirectories directories, RootfsTree tree) throws IOException {
        ByteString path = ByteString.of(run.directory());
        var now = new Timestamp(System.currentTimeMillis() / 1000, 0);
        try (CopyPlan plan = CopyPlan.ofWorkingDirectory(path, user.owner(), now, tree.files())) {
            directories.makeDirectories(plan.entries());
        }
    }

    private static List<ByteString> environment(Operation.Run run, StepUser user) {
        var variables = new ArrayList<EnvironmentVariable>(run.environment());
        if (variables.stream().noneMatch(variable -> variable.name().equals("HOME"))) {
            variables.add(new EnvironmentVariable("HOME", user.home().utf8()));
        }
        variables.addAll(run.proxies());
        return variables.stream()
                .map(variable -> ByteString.of(variable.toString()))
                .toList();
    }

    private static List<ByteString> bytes(List<String> texts) {
        return texts.stream().map(ByteString::of).toList();
    }

    /// Passes output on, and lets go of the trees as soon as they are mounted.
    private record Sink(StepOutput output, LowerTrees lowers) implements OutputSink {
        @Override
        public void mounted() {
            lowers.unpin();
        }

        @Override
        public void write(Stream stream, byte[] bytes) {
            var kind = stream == Stream.STANDARD_OUTPUT ? OutputStreamKind.STDOUT : OutputStreamKind.STDERR;
            output.print(kind, ByteString.ofBytes(bytes));
        }
    }
}
