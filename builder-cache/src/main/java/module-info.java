/// Everything on disk.
@org.jspecify.annotations.NullMarked
module dev.jbuild.cache {
    requires transitive dev.jbuild.core;
    requires static org.jspecify;

    exports dev.jbuild.state;
}
