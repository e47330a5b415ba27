/// The command.
@org.jspecify.annotations.NullMarked
module dev.jbuild.cli {
    requires dev.jbuild.solver;
    requires info.picocli;
    requires static org.jspecify;

    opens dev.jbuild.cli to
            info.picocli;
}
