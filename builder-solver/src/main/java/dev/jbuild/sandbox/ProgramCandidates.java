package dev.jbuild.sandbox;

import dev.jbuild.linux.Argument;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Errno;
import dev.jbuild.linux.Syscall;
import dev.jbuild.linux.SyscallScript;
import java.util.ArrayList;
import java.util.List;

/// The paths that a program's name may mean, in the order of `PATH`, as execvp(3) tries them.
///
/// The search happens inside the root of the step, by trying: what stands there cannot be asked before.
final class ProgramCandidates {
    private static final ByteString PATH = ByteString.of("PATH=");

    /// What execvp(3) and shells use without `PATH`, as image builders set it.
    private static final ByteString DEFAULT_PATH =
            ByteString.of("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

    private ProgramCandidates() {}

    /// {@return the script that starts the program of `spec`}
    static SyscallScript script(SandboxSpec spec) {
        Argument arguments = Argument.texts(spec.arguments());
        Argument environment = Argument.texts(spec.environment());
        var script = SyscallScript.builder();
        script.purpose("start " + spec.arguments().getFirst());
        List<ByteString> paths = paths(spec);
        for (int i = 0; i < paths.size(); i++) {
            if (i < paths.size() - 1) {
                script.tolerating(0, Errno.ENOENT, Errno.ENOTDIR, Errno.EACCES);
            }
            script.call(Syscall.EXECVE, Argument.text(paths.get(i)), arguments, environment);
        }
        return script.build();
    }

    private static List<ByteString> paths(SandboxSpec spec) {
        ByteString program = spec.arguments().getFirst();
        if (program.indexOf('/') >= 0 || program.isEmpty()) {
            return List.of(program);
        }
        ByteString path = searchPath(spec.environment());
        var paths = new ArrayList<ByteString>();
        for (int start = 0; start <= path.length(); ) {
            int colon = path.indexOf(':', start);
            int end = colon < 0 ? path.length() : colon;
            // An empty element is the working directory.
            ByteString directory = start == end ? ByteString.of(".") : path.substring(start, end);
            paths.add(directory.resolve(program));
            start = end + 1;
        }
        return paths;
    }

    private static ByteString searchPath(List<ByteString> environment) {
        for (ByteString variable : environment) {
            if (variable.startsWith(PATH)) {
                return variable.substring(PATH.length());
            }
        }
        return DEFAULT_PATH;
    }
}
