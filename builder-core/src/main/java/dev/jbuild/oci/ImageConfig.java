package dev.jbuild.oci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The config of a container image: what it is made of and how it starts.
///
/// Written in the canonical form of [OciJson]: all keys sorted, no blanks, times in UTC without trailing zeros.
/// `config`, `rootfs` and `history` are always written, other fields only when they are set. Reading what was
/// written gives an equal value, and writing that gives the same bytes.
///
/// @param created when the image was made; by the convention of builders the time of the last history entry
/// @param container how a container starts, the field `config`
/// @param diffIds digests of the uncompressed layers, lowest first
/// @param history one entry for each instruction; empty when nobody wrote any, otherwise it has as many entries
///     that made a layer as there are layers
/// @param unknown fields at the top level that are not above
/// @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">OCI image configuration</a>
public record ImageConfig(
        Platform platform,
        @Nullable String author,
        @Nullable Instant created,
        ContainerConfig container,
        List<Digest> diffIds,
        List<History> history,
        UnknownFields unknown) {
    /// Entries without a layer included; no Dockerfile comes near.
    private static final int MAX_HISTORY = 10_000;

    private static final Set<String> KNOWN =
            Set.of("architecture", "os", "os.version", "variant", "author", "created", "config", "rootfs", "history");

    public ImageConfig {
        diffIds = List.copyOf(diffIds);
        history = List.copyOf(history);
    }

    /// {@return a builder for an image without layers}
    public static Builder of(Platform platform) {
        return new Builder(
                new ImageConfig(platform, null, null, ContainerConfig.EMPTY, List.of(), List.of(), UnknownFields.NONE));
    }

    /// {@return the config of these bytes, whose digest the caller has checked}
    ///
    /// @throws MalformedImageException when it is not the config of a container image or contradicts itself
    public static ImageConfig parse(byte[] bytes) {
        JsonFields fields = JsonFields.of("image config", OciJson.parse("image config", bytes));
        JsonFields container = fields.optionalObject("config");
        JsonFields rootfs = fields.object("rootfs");
        if (!rootfs.string("type").equals("layers")) {
            throw rootfs.malformed("type", "is " + Excerpt.quoted(rootfs.string("type")) + ", not 'layers'");
        }
        List<Digest> diffIds = rootfs.digests("diff_ids", Manifest.MAX_LAYERS);
        return new ImageConfig(
                Platform.read(fields),
                fields.optionalString("author"),
                fields.optionalTime("created"),
                container == null ? ContainerConfig.EMPTY : ContainerConfig.read(container),
                diffIds,
                readHistory(fields, diffIds.size()),
                fields.others(KNOWN));
    }

    /// {@return the canonical bytes}
    ///
    /// @throws IllegalArgumentException when history and layers do not go together
    public JsonBytes toJson() {
        requireHistoryOfEveryLayer();
        ObjectNode object = OciJson.newObject();
        unknown.copyTo(object);
        platform.writeTo(object);
        if (author != null) {
            object.put("author", author);
        }
        if (created != null) {
            object.put("created", Rfc3339.print(created));
        }
        object.set("config", container.toJson());
        ObjectNode rootfs = object.putObject("rootfs");
        rootfs.put("type", "layers");
        ArrayNode list = rootfs.putArray("diff_ids");
        diffIds.forEach(diffId -> list.add(diffId.toString()));
        ArrayNode entries = object.putArray("history");
        history.forEach(entry -> entries.add(entry.toJson()));
        return JsonBytes.of(OciJson.print(object));
    }

    /// {@return a builder that starts with everything that is set here}
    public Builder toBuilder() {
        return new Builder(this);
    }

    private static List<History> readHistory(JsonFields fields, int layerCount) {
        List<History> history = new ArrayList<>();
        for (JsonFields entry : fields.objects("history", MAX_HISTORY)) {
            history.add(History.read(entry));
        }
        long withLayer = countOfLayers(history);
        if (!history.isEmpty() && withLayer != layerCount) {
            throw fields.malformed(
                    "history", "tells of " + withLayer + " layers but 'rootfs.diff_ids' lists " + layerCount);
        }
        return history;
    }

    private void requireHistoryOfEveryLayer() {
        if (!history.isEmpty() && countOfLayers(history) != diffIds.size()) {
            throw new IllegalArgumentException(
                    "history of " + countOfLayers(history) + " layers for " + diffIds.size() + " layers");
        }
    }

    private static long countOfLayers(List<History> history) {
        return history.stream().filter(entry -> !entry.emptyLayer()).count();
    }

    /// Collects changes to a config.
    public static final class Builder {
        private Platform platform;
        private @Nullable String author;
        private @Nullable Instant created;
        private ContainerConfig container;
        private final List<Digest> diffIds;
        private final List<History> history;
        private UnknownFields unknown;

        private Builder(ImageConfig start) {
            platform = start.platform;
            author = start.author;
            created = start.created;
            container = start.container;
            diffIds = new ArrayList<>(start.diffIds);
            history = new ArrayList<>(start.history);
            unknown = start.unknown;
        }

        public Builder platform(Platform platform) {
            this.platform = platform;
            return this;
        }

        public Builder author(@Nullable String author) {
            this.author = author;
            return this;
        }

        public Builder created(@Nullable Instant created) {
            this.created = created;
            return this;
        }

        public Builder container(ContainerConfig container) {
            this.container = container;
            return this;
        }

        /// Replaces all layers.
        public Builder diffIds(List<Digest> diffIds) {
            this.diffIds.clear();
            this.diffIds.addAll(diffIds);
            return this;
        }

        /// Replaces the whole history.
        public Builder history(List<History> history) {
            this.history.clear();
            this.history.addAll(history);
            return this;
        }

        /// Puts a layer on top, with the entry that tells of it.
        public Builder addLayer(Digest diffId, History entry) {
            diffIds.add(diffId);
            history.add(entry);
            return this;
        }

        /// Adds an entry that made no layer.
        public Builder addHistory(History entry) {
            history.add(entry);
            return this;
        }

        public Builder unknown(UnknownFields unknown) {
            this.unknown = unknown;
            return this;
        }

        public ImageConfig build() {
            return new ImageConfig(platform, author, created, container, diffIds, history, unknown);
        }
    }
}
