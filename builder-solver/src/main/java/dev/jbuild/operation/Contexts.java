package dev.jbuild.operation;

import dev.jbuild.cache.FileDigestMemo;
import dev.jbuild.context.BuildContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// The local directories of a build by name, each opened when it is first read. The main one has the empty name.
///
/// Whoever made it closes it, after the last step; what was learned of the files is kept for the next build.
public final class Contexts implements AutoCloseable {
    /// Opens one context.
    @FunctionalInterface
    public interface Opener {
        LocalContext open() throws IOException;
    }

    /// A context, and what is remembered of it.
    public record LocalContext(BuildContext files, FileDigestMemo memo) {}

    private final Map<String, Opener> openers;
    private final Map<String, LocalContext> opened = new HashMap<>();

    public Contexts(Map<String, Opener> openers) {
        this.openers = Map.copyOf(openers);
    }

    /// {@return the context of that name}
    ///
    /// @throws dev.jbuild.context.ContextException when it is not there
    public synchronized BuildContext get(String name) throws IOException {
        LocalContext known = opened.get(name);
        if (known == null) {
            Opener opener = openers.get(name);
            if (opener == null) {
                throw new IllegalArgumentException("no context '" + name + "'");
            }
            known = opener.open();
            opened.put(name, known);
        }
        return known.files();
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            for (LocalContext context : opened.values()) {
                context.memo().save();
            }
        } finally {
            opened.values().forEach(context -> context.files().close());
        }
    }
}
