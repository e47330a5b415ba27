package dev.jbuild.graph;

import dev.jbuild.git.GitReference;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.OciJson;
import dev.jbuild.remote.FileAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One piece of work in a build: an operation and the vertices it needs. Immutable; equal when the work is the same.
public final class Vertex {
    private final Operation operation;
    private final @Nullable Vertex base;
    private final Label label;
    private final Digest definition;

    private Vertex(Operation operation, @Nullable Vertex base, Label label) {
        this.operation = operation;
        this.base = base;
        this.label = label;
        this.definition = define();
    }

    /// Returns a vertex.
    ///
    /// @param base what the operation stands on; null means an empty root file system
    public static Vertex of(Operation operation, @Nullable Vertex base, Label label) {
        return new Vertex(operation, base, label);
    }

    public Operation operation() {
        return operation;
    }

    /// {@return the vertex whose root file system this one stands on; null for an empty one}
    public @Nullable Vertex base() {
        return base;
    }

    /// {@return every vertex needed before this one, the base first, then the sources of a copy, what a command mounts
    /// or
    /// what is stacked, in their order}
    public List<Vertex> inputs() {
        var inputs = new ArrayList<Vertex>();
        if (base != null) {
            inputs.add(base);
        }
        inputs.addAll(sources());
        return inputs;
    }

    /// How the step is called and where it stands in the Dockerfile.
    public Label label() {
        return label;
    }

    /// {@return the name of this piece of work inside one build}: equal for two vertices that do the same on the same
    /// inputs. It says nothing across builds, because the files that are read do not enter it.
    public Digest definition() {
        return definition;
    }

    private List<Vertex> sources() {
        return switch (operation) {
            case Operation.Copy copy -> {
                var vertices = new ArrayList<Vertex>();
                for (Operation.Source source : copy.sources()) {
                    switch (source) {
                        case Operation.Source.FromVertex from -> vertices.add(from.vertex());
                        case Operation.Source.OneFile file -> vertices.add(file.vertex());
                        case Operation.Source.FromContext _, Operation.Source.Inline _ -> {}
                    }
                }
                if (copy.accounts() != null) {
                    vertices.add(copy.accounts());
                }
                yield vertices;
            }
            case Operation.Stack(Vertex top) -> List.of(top);
            case Operation.Run run ->
                run.mounts().stream()
                        .<Vertex>mapMulti((mount, sink) -> {
                            if (tree(mount) instanceof Mount.Tree.OfVertex(Vertex vertex)) {
                                sink.accept(vertex);
                            }
                        })
                        .toList();
            case Operation.Image _,
                    Operation.Directory _,
                    Operation.Download _,
                    Operation.GitCheckout _,
                    Operation.MakeDirectory _ -> List.of();
        };
    }

    private static Mount.Tree tree(Mount mount) {
        return switch (mount) {
            case Mount.Bind bind -> bind.from();
            case Mount.Cache cache -> cache.from();
            case Mount.Tmpfs _, Mount.Secret _, Mount.Ssh _ -> new Mount.Tree.Empty();
        };
    }

    /// {@return the names of the local contexts that are read, empty for the main one} Across builds their content
    /// counts,
    /// but within one two contexts differ.
    public List<String> contexts() {
        return switch (operation) {
            case Operation.Directory(String context) -> List.of(context);
            case Operation.Copy copy ->
                copy.sources().stream()
                        .<String>mapMulti((source, sink) -> {
                            if (source instanceof Operation.Source.FromContext(String context, String _)) {
                                sink.accept(context);
                            }
                        })
                        .toList();
            case Operation.Run run ->
                run.mounts().stream()
                        .<String>mapMulti((mount, sink) -> {
                            if (tree(mount) instanceof Mount.Tree.OfContext(String name)) {
                                sink.accept(name);
                            }
                        })
                        .toList();
            case Operation.Image _,
                    Operation.Download _,
                    Operation.GitCheckout _,
                    Operation.MakeDirectory _,
                    Operation.Stack _ -> List.of();
        };
    }

    private Digest define() {
        var json = OciJson.newObject();
        json.set("op", OperationJson.encode(operation));
        json.put("fresh", label.fresh());
        var needed = json.putArray("inputs");
        inputs().forEach(input -> needed.add(input.definition.toString()));
        var contexts = json.putArray("contexts");
        contexts().forEach(contexts::add);
        if (operation instanceof Operation.Download(FileAddress address, @Nullable Digest checksum)) {
            // Across builds the content counts here, too.
            json.put("address", address.identity().toString()).put("checksum", String.valueOf(checksum));
        }
        if (operation instanceof Operation.GitCheckout(GitReference reference)) {
            json.put("git", reference + " " + reference.remote().userInfo());
        }
        return Digest.ofBytes(OciJson.print(json));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vertex vertex && definition.equals(vertex.definition);
    }

    @Override
    public int hashCode() {
        return definition.hashCode();
    }

    @Override
    public String toString() {
        return label.name();
    }
}
