/// Everything on disk.
@org.jspecify.annotations.NullMarked
module dev.jbuild.cache {
    requires transitive dev.jbuild.core;
    requires com.github.benmanes.caffeine;
    requires static org.jspecify;

    exports dev.jbuild.blob;
    exports dev.jbuild.cache;
    exports dev.jbuild.collect;
    exports dev.jbuild.image;
    exports dev.jbuild.record;
    exports dev.jbuild.snapshot;
    exports dev.jbuild.state;
}
