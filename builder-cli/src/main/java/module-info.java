/// The command.
@org.jspecify.annotations.NullMarked
module dev.jbuild.cli {
    requires dev.jbuild.solver;
    requires info.picocli;
    requires jdk.unsupported;
    requires static org.jspecify;
}
