package dev.jbuild.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.git.GitReference;
import dev.jbuild.oci.OciJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Says what of an operation enters its cache key, and how it is spelled. Nothing else decides that.
///
/// What a copy reads is not here: file contents enter the key beside the operation, so a source is spelled by its
/// pattern alone and equal files are equal wherever they come from.
public final class OperationJson {
    private OperationJson() {}

    /// {@return the operation as a JSON object}; the same object for equal operations, for ever.
    public static ObjectNode encode(Operation operation) {
        return switch (operation) {
            case Operation.Image image ->
                typed("image").put("manifest", image.manifestDigest().toString());
            case Operation.Directory _ -> typed("directory");
            case Operation.Download download ->
                typed("download").put("name", download.address().fileName());
            case Operation.GitCheckout(GitReference reference) -> git(reference);
            case Operation.Run run -> run(run);
            case Operation.Copy copy -> copy(copy);
            case Operation.MakeDirectory make ->
                created(make.created(), typed("mkdir").put("path", make.path()).put("user", make.user()));
            case Operation.Stack _ -> typed("stack");
        };
    }

    /// The commit, and the name it was found under when `.git` tells that, are read, not spelled.
    private static ObjectNode git(GitReference reference) {
        ObjectNode json =
                typed("git").put("remote", reference.remote().withoutUser().toString());
        if (!reference.subdirectory().isEmpty()) {
            json.put("subdir", reference.subdirectory());
        }
        if (reference.keepsGitDirectory()) {
            json.put("keep", true);
        }
        if (!reference.submodules()) {
            json.put("submodules", false);
        }
        return reference.time() == GitReference.FileTime.COMMIT ? json : json.put("mtime", "checkout");
    }

    private static ObjectNode run(Operation.Run run) {
        ObjectNode json = typed("run");
        ArrayNode arguments = json.putArray("args");
        run.arguments().forEach(arguments::add);
        ArrayNode environment = json.putArray("env");
        run.environment().forEach(variable -> environment.add(variable.toString()));
        json.put("dir", run.directory()).put("user", run.user());
        if (run.script() != null) {
            json.putObject("script")
                    .put("name", run.script().name())
                    .put("text", run.script().text());
        }
        if (!run.mounts().isEmpty()) {
            ArrayNode mounts = json.putArray("mounts");
            run.mounts().forEach(mount -> mounts.add(MountJson.encode(mount)));
        }
        confinement(run.confinement(), json);
        return json;
    }

    /// What is as it is for every command is not spelled.
    private static void confinement(Confinement confinement, ObjectNode json) {
        if (confinement.network() != Confinement.Network.DEFAULT) {
            json.put("network", confinement.network().keyword());
        }
        if (confinement.security() != Confinement.Security.SANDBOX) {
            json.put("security", confinement.security().keyword());
        }
        if (!confinement.devices().isEmpty()) {
            ArrayNode devices = json.putArray("devices");
            confinement
                    .devices()
                    .forEach(device ->
                            devices.addObject().put("name", device.name()).put("required", device.required()));
        }
    }

    private static ObjectNode copy(Operation.Copy copy) {
        ObjectNode json = typed("copy");
        ArrayNode sources = json.putArray("sources");
        for (Operation.Source source : copy.sources()) {
            switch (source) {
                case Operation.Source.FromContext file -> sources.addObject().put("path", file.pattern());
                case Operation.Source.FromVertex file -> sources.addObject().put("path", file.pattern());
                case Operation.Source.OneFile file -> {
                    ObjectNode one = sources.addObject().put("file", file.name());
                    if (file.unpack()) {
                        one.put("unpack", true);
                    }
                }
                case Operation.Source.Inline(String name, String text) ->
                    sources.addObject().put("name", name).put("text", text);
            }
        }
        Operation.CopyOptions options = copy.options();
        json.put("dest", copy.destination()).put("dir", copy.directory()).put("unpack", options.unpack());
        if (options.owner() != null) {
            json.put("owner", options.owner());
        }
        if (options.mode() != null) {
            json.put("mode", options.mode());
        }
        if (options.parents()) {
            json.put("parents", true);
        }
        if (!options.excludes().isEmpty()) {
            ArrayNode excludes = json.putArray("excludes");
            options.excludes().forEach(excludes::add);
        }
        return created(options.created(), json);
    }

    /// The time of the build is in no key.
    private static ObjectNode created(@Nullable Instant created, ObjectNode json) {
        return created == null ? json : json.put("created", created.getEpochSecond());
    }

    private static ObjectNode typed(String type) {
        return OciJson.newObject().put("type", type);
    }
}
