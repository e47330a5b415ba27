package dev.jbuild.frontend;

/// What a source of COPY or ADD means, as its text shows.
sealed interface SourcePlace {
    /// A path or pattern in a context or stage.
    record Local(String pattern) implements SourcePlace {}

    /// A file behind an address of HTTP.
    record Web(String url) implements SourcePlace {}

    /// A git repository.
    record Git(String address) implements SourcePlace {}

    /// {@return what a source means} An address of HTTP whose path ends in `.git` is a repository.
    static SourcePlace of(String source) {
        if (source.startsWith("http://") || source.startsWith("https://")) {
            return path(source).endsWith(".git") ? new Git(source) : new Web(source);
        }
        boolean git = source.startsWith("git://") || source.startsWith("git@") || source.startsWith("ssh://");
        return git ? new Git(source) : new Local(source);
    }

    private static String path(String url) {
        int fragment = url.indexOf('#');
        String address = fragment < 0 ? url : url.substring(0, fragment);
        int query = address.indexOf('?');
        return query < 0 ? address : address.substring(0, query);
    }
}
