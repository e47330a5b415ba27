package dev.jbuild.build;

import dev.jbuild.cache.FileDigestMemo;
import dev.jbuild.cache.Store;
import dev.jbuild.context.BuildContext;
import dev.jbuild.context.IgnoreFile;
import dev.jbuild.frontend.NamedSource;
import dev.jbuild.frontend.OfflineImages;
import dev.jbuild.layout.OciLayoutDirectory;
import dev.jbuild.linux.ByteString;
import dev.jbuild.operation.Contexts;
import dev.jbuild.operation.Contexts.LocalContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything local that the request names: its context, and what it gave under further names.
final class BuildSources {
    private final BuildRequest request;

    BuildSources(BuildRequest request) {
        this.request = request;
    }

    /// {@return the directories, each opened when a step first reads it; the caller closes them}
    Contexts open(Store store) {
        var openers = new LinkedHashMap<String, Contexts.Opener>();
        openers.put("", () -> open(request.context(), DockerfileSource.path(request), store));
        request.namedContexts().forEach((name, context) -> {
            switch (context) {
                case NamedContext.Directory(Path directory) -> openers.put(name, () -> open(directory, null, store));
                case NamedContext.OciLayout _ -> {}
            }
        });
        return new Contexts(openers);
    }

    /// {@return what the Dockerfile may call by name, with nothing known of images}
    Map<String, NamedSource> namedOffline() {
        var named = new LinkedHashMap<String, NamedSource>();
        request.namedContexts()
                .forEach((name, context) -> named.put(
                        name,
                        switch (context) {
                            case NamedContext.Directory _ -> new NamedSource.Files(name);
                            case NamedContext.OciLayout _ -> OfflineImages.named(name);
                        }));
        return named;
    }

    /// {@return what the Dockerfile may call by name}
    Map<String, NamedSource> named() throws IOException {
        var named = new LinkedHashMap<String, NamedSource>();
        for (var entry : request.namedContexts().entrySet()) {
            String name = entry.getKey();
            named.put(
                    name,
                    switch (entry.getValue()) {
                        case NamedContext.Directory _ -> new NamedSource.Files(name);
                        case NamedContext.OciLayout(Path directory, @Nullable String reference) ->
                            new NamedSource.Image(
                                    name, OciLayoutDirectory.open(directory).image(reference));
                    });
        }
        return named;
    }

    private static LocalContext open(Path directory, @Nullable Path dockerfile, Store store) throws IOException {
        ByteString location =
                ByteString.of(directory.toAbsolutePath().normalize().toString());
        @Nullable ByteString besides = dockerfile == null ? null : ByteString.of(dockerfile.toString());
        FileDigestMemo memo = store.digestMemo(location);
        var ignored = IgnoreFile.choose(ByteString.of(directory.toString()), besides);
        return new LocalContext(BuildContext.open(location, ignored, memo), memo);
    }
}
