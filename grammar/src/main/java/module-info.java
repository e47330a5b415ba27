/// The Dockerfile language.
@org.jspecify.annotations.NullMarked
module dev.jbuild.grammar {
    requires org.antlr.antlr4.runtime;
    requires static transitive org.jspecify;

    exports dev.jbuild.dockerfile;
}
