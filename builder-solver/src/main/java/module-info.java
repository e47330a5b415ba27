/// The doing: solver, sandbox, exporters.
@org.jspecify.annotations.NullMarked
module dev.jbuild.solver {
    requires transitive dev.jbuild.cache;
    requires static org.jspecify;

    exports dev.jbuild.build;
    exports dev.jbuild.event;
    exports dev.jbuild.explain;
    exports dev.jbuild.export;
    exports dev.jbuild.operation;
    exports dev.jbuild.sandbox;
    exports dev.jbuild.task;
}
