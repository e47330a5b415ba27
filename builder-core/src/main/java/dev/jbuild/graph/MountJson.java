package dev.jbuild.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.oci.OciJson;

/// Says what of a mount enters the cache key of its step.
///
/// Where the files of a bind mount come from does not: their content enters the key beside the operation. Of caches,
/// secrets and agents the names enter, never what is in them.
final class MountJson {
    private MountJson() {}

    static ObjectNode encode(Mount mount) {
        return switch (mount) {
            case Mount.Bind bind -> {
                ObjectNode json = typed("bind").put("path", bind.path()).put("target", bind.target());
                yield bind.writable() ? json.put("rw", true) : json;
            }
            case Mount.Cache cache -> {
                ObjectNode json = typed("cache")
                        .put("id", cache.id())
                        .put("path", cache.path())
                        .put("target", cache.target())
                        .put("sharing", cache.sharing().keyword());
                yield access(cache.readOnly() ? json.put("ro", true) : json, cache.access());
            }
            case Mount.Tmpfs tmpfs -> {
                ObjectNode json = typed("tmpfs").put("target", tmpfs.target());
                yield tmpfs.size() == null ? json : json.put("size", tmpfs.size());
            }
            case Mount.Secret secret -> {
                ObjectNode json = typed("secret").put("id", secret.id()).put("required", secret.required());
                if (secret.target() != null) {
                    json.put("target", secret.target());
                }
                if (secret.variable() != null) {
                    json.put("env", secret.variable());
                }
                yield access(json, secret.access());
            }
            case Mount.Ssh ssh ->
                access(
                        typed("ssh")
                                .put("id", ssh.id())
                                .put("target", ssh.target())
                                .put("required", ssh.required()),
                        ssh.access());
        };
    }

    private static ObjectNode access(ObjectNode json, Mount.FileAccess access) {
        return json.put("mode", access.mode()).put("uid", access.userId()).put("gid", access.groupId());
    }

    private static ObjectNode typed(String type) {
        return OciJson.newObject().put("type", type);
    }
}
