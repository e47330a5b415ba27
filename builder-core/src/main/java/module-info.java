/// The nouns of image building, and how they are written down.
@org.jspecify.annotations.NullMarked
module dev.jbuild.core {
    requires transitive com.fasterxml.jackson.databind;
    requires transitive dev.jbuild.grammar;
    requires java.net.http;
    requires org.apache.commons.compress;
    requires org.eclipse.jgit;
    requires static transitive org.jspecify;

    exports dev.jbuild.context;
    exports dev.jbuild.copy;
    exports dev.jbuild.frontend;
    exports dev.jbuild.git;
    exports dev.jbuild.graph;
    exports dev.jbuild.http;
    exports dev.jbuild.layer;
    exports dev.jbuild.layout;
    exports dev.jbuild.lint;
    exports dev.jbuild.linux;
    exports dev.jbuild.oci;
    exports dev.jbuild.registry;
    exports dev.jbuild.remote;
    exports dev.jbuild.user;
}
