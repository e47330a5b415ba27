package dev.jbuild.sandbox;

import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Directory;
import dev.jbuild.linux.Fd;
import java.util.List;

/// Everything that decides how a step runs.
///
/// Directories and binds are borrowed: the caller keeps them open until the step has ended, and closes them.
///
/// @param root what the step sees as `/`
/// @param arguments the program and its arguments; a name without slash is looked up along `PATH` of `environment`
/// @param environment `NAME=value` each; nothing is added
/// @param workingDirectory absolute, inside the root; must exist
/// @param hostname of the step's own
/// @param hosts content of `/etc/hosts`
/// @param resolvConf content of `/etc/resolv.conf`
/// @param privateNetwork whether the step has only its own loopback device instead of the network of the machine
/// @param binds further files and directories to read
public record SandboxSpec(
        Root root,
        List<ByteString> arguments,
        List<ByteString> environment,
        ByteString workingDirectory,
        User user,
        String hostname,
        ByteString hosts,
        ByteString resolvConf,
        boolean privateNetwork,
        List<Bind> binds) {
    /// The name every step's machine has, so that builds do not differ by it.
    public static final String DEFAULT_HOSTNAME = "buildkitsandbox";

    /// The root file system of a step.
    ///
    /// @param lowers layers, top first; may be empty
    /// @param upper an empty directory with owner and mode of `/`; it takes what the step changes
    /// @param work an empty directory on the same mount, for the kernel; the caller deletes it and its content
    public record Root(List<Directory> lowers, Directory upper, Directory work) {
        public Root {
            lowers = List.copyOf(lowers);
        }
    }

    /// Numbers of the user that the step runs as.
    ///
    /// @param groups supplementary ones
    public record User(int uid, int gid, List<Integer> groups) {
        public static final User ROOT = new User(0, 0, List.of());

        public User {
            groups = List.copyOf(groups);
        }
    }

    /// A file or directory of the machine that the step can read at `target`.
    ///
    /// @param target absolute, inside the root; made when it is not there, without a trace in the upper directory
    public record Bind(Fd source, ByteString target) {}

    public SandboxSpec {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        binds = List.copyOf(binds);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a step has at least one argument");
        }
        if (workingDirectory.isEmpty() || workingDirectory.byteAt(0) != '/') {
            throw new IllegalArgumentException("not an absolute directory: '" + workingDirectory + "'");
        }
    }

    /// {@return a builder for a step of root in `/` with an empty environment}
    public static Builder of(Root root, List<ByteString> arguments) {
        return new Builder(root, arguments);
    }

    /// Collects the parts that have a default.
    public static final class Builder {
        private final Root root;
        private final List<ByteString> arguments;
        private List<ByteString> environment = List.of();
        private ByteString workingDirectory = ByteString.of("/");
        private User user = User.ROOT;
        private String hostname = DEFAULT_HOSTNAME;
        private ByteString hosts = ByteString.of(
                "127.0.0.1\tlocalhost " + DEFAULT_HOSTNAME + "\n::1\tlocalhost ip6-localhost ip6-loopback\n");
        private ByteString resolvConf = ByteString.EMPTY;
        private boolean privateNetwork;
        private List<Bind> binds = List.of();

        private Builder(Root root, List<ByteString> arguments) {
            this.root = root;
            this.arguments = arguments;
        }

        public Builder environment(List<ByteString> variables) {
            environment = variables;
            return this;
        }

        public Builder workingDirectory(ByteString absolute) {
            workingDirectory = absolute;
            return this;
        }

        public Builder user(User numbers) {
            user = numbers;
            return this;
        }

        public Builder hostname(String name) {
            hostname = name;
            return this;
        }

        public Builder hosts(ByteString content) {
            hosts = content;
            return this;
        }

        public Builder resolvConf(ByteString content) {
            resolvConf = content;
            return this;
        }

        public Builder privateNetwork(boolean own) {
            privateNetwork = own;
            return this;
        }

        public Builder binds(List<Bind> more) {
            binds = more;
            return this;
        }

        public SandboxSpec build() {
            return new SandboxSpec(
                    root,
                    arguments,
                    environment,
                    workingDirectory,
                    user,
                    hostname,
                    hosts,
                    resolvConf,
                    privateNetwork,
                    binds);
        }
    }
}
