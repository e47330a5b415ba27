package dev.jbuild.graph;

import dev.jbuild.git.GitReference;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.remote.FileAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a vertex does, with every variable expanded. Two equal operations on equal inputs give the same layer.
public sealed interface Operation {
    /// The layers of an image; stands on nothing.
    ///
    /// @param name what the user calls it
    /// @param manifestDigest the pin that the name resolved to
    /// @param layers lowest first
    /// @param source where bytes that the store lacks come from
    record Image(String name, Digest manifestDigest, List<ImageLayer> layers, ImageSource source) implements Operation {
        public Image {
            layers = List.copyOf(layers);
        }
    }

    /// All files of a directory context as one layer; stands on nothing.
    ///
    /// @param context name of the context
    record Directory(String context) implements Operation {}

    /// A file behind an address of HTTP, as the only one of a layer: `0600`, owned by 0:0, under the name that its
    /// address gives it. Stands on nothing.
    ///
    /// @param checksum what its bytes must have; null for whatever the server has today
    record Download(FileAddress address, @Nullable Digest checksum) implements Operation {}

    /// The tree of a commit in a git repository as one layer. Stands on nothing.
    record GitCheckout(GitReference reference) implements Operation {}

    /// A command in a sandbox whose root is the base.
    ///
    /// @param arguments the program and its arguments, at least one
    /// @param environment in the order in which the program finds it
    /// @param directory absolute path to start in
    /// @param user the USER in force, as written; empty means root
    /// @param proxies further variables for the program that change no result and so no cache key
    /// @param script a file that the program finds at `/dev/pipes/<name>`; null without one
    /// @param mounts those that hold others before them
    record Run(
            List<String> arguments,
            List<EnvironmentVariable> environment,
            String directory,
            String user,
            List<EnvironmentVariable> proxies,
            @Nullable Script script,
            List<Mount> mounts,
            Confinement confinement)
            implements Operation {
        public Run {
            arguments = List.copyOf(arguments);
            environment = List.copyOf(environment);
            proxies = List.copyOf(proxies);
            mounts = List.copyOf(mounts);
            if (arguments.isEmpty()) {
                throw new IllegalArgumentException("a command without a program");
            }
        }
    }

    /// Files from elsewhere into the base.
    ///
    /// @param sources at least one
    /// @param destination as written after expansion, relative to `directory` unless absolute; a trailing
    ///     slash matters
    /// @param directory absolute path that a relative destination starts from
    /// @param accounts whose account files know the name of the owner; null means those of the base
    record Copy(
            List<Source> sources,
            String destination,
            String directory,
            CopyOptions options,
            @Nullable Vertex accounts) implements Operation {
        public Copy {
            sources = List.copyOf(sources);
            if (sources.isEmpty()) {
                throw new IllegalArgumentException("a copy without a source");
            }
        }
    }

    /// What is said of every file alike that COPY and ADD copy.
    ///
    /// @param owner `user[:group]` for everything copied; null keeps the owners of the sources
    /// @param mode `--chmod` for everything copied, in numbers or symbols; null keeps the modes of the sources
    /// @param unpack whether archives among the files of contexts are unpacked, as ADD does
    /// @param parents whether the paths of sources are kept
    /// @param excludes patterns of what is left out, in their order
    /// @param created the time of all that is copied or made; null keeps the times of the sources, and what is
    ///     made has the time of the build
    record CopyOptions(
            @Nullable String owner,
            @Nullable String mode,
            boolean unpack,
            boolean parents,
            List<String> excludes,
            @Nullable Instant created) {
        /// COPY without a flag.
        public static final CopyOptions PLAIN = new CopyOptions(null, null, false, false, List.of(), null);

        public CopyOptions {
            excludes = List.copyOf(excludes);
        }

        /// {@return the same with a time}
        public CopyOptions withCreated(@Nullable Instant created) {
            return new CopyOptions(owner, mode, unpack, parents, excludes, created);
        }
    }

    /// The layers that another vertex adds to nothing, on top of the base: what `--link` makes. Nothing is run, and the
    /// layers are the same on every base.
    record Stack(Vertex top) implements Operation {}

    /// A directory and its missing parents, as WORKDIR makes them.
    ///
    /// @param path absolute
    /// @param user owner of what is made: the USER in force, as written; empty means root
    /// @param created their time; null means the time of the build
    record MakeDirectory(String path, String user, @Nullable Instant created) implements Operation {}

    /// Where a copy reads.
    sealed interface Source {
        /// Files of a local directory context.
        ///
        /// @param context its name; empty for the main one
        /// @param pattern path or pattern inside it
        record FromContext(String context, String pattern) implements Source {}

        /// Files that another vertex made.
        ///
        /// @param vertex its root file system is read
        record FromVertex(Vertex vertex, String pattern) implements Source {}

        /// One file that another vertex made.
        ///
        /// @param vertex its root file system is read
        /// @param name the file itself, no pattern
        /// @param unpack whether it is unpacked when it is an archive, whatever the options say
        record OneFile(Vertex vertex, String name, boolean unpack) implements Source {}

        /// A file written in the Dockerfile itself.
        record Inline(String name, String text) implements Source {}
    }

    /// One variable of a command's environment.
    record EnvironmentVariable(String name, String value) {
        @Override
        public String toString() {
            return name + "=" + value;
        }
    }

    /// A here-document that is its own program.
    record Script(String name, String text) {}

    /// A layer of an image as its manifest and config describe it.
    ///
    /// @param diffId digest of the uncompressed tar
    /// @param blob the compressed tar
    record ImageLayer(Digest diffId, Descriptor blob) {}
}
