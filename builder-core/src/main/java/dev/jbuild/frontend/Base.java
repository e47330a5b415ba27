package dev.jbuild.frontend;

import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.graph.Label;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Operation.ImageLayer;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.ContainerConfig;
import dev.jbuild.oci.Descriptor;
import dev.jbuild.oci.ImageSource;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.ResolvedImage;
import dev.jbuild.oci.UnknownFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a stage begins with.
sealed interface Base {
    /// What a shell searches when nobody says where.
    String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// Nothing.
    record Scratch() implements Base {}

    /// The files of a directory, without a config.
    record Files(String context) implements Base {}

    /// An image.
    ///
    /// @param display what messages call it
    record Image(String display, ResolvedImage image, ImageSource source) implements Base {
        private StagePlan start(StepNames steps, SourceRange range, StageVariables variables) {
            ContainerConfig container = withPath(withoutTriggers(image.config().container()));
            variables.setAll(container.env());
            return new StagePlan(
                    vertex(steps.base("FROM " + display, range)),
                    image.config().platform(),
                    image.config().author(),
                    container,
                    history(),
                    image.config().unknown(),
                    variables);
        }

        /// {@return the vertex of the image's files; null when it has no layers, which is as good as scratch}
        @Nullable
        Vertex vertex(Label label) {
            List<Descriptor> blobs = image.manifest().layers();
            if (blobs.isEmpty()) {
                return null;
            }
            var layers = new ArrayList<ImageLayer>();
            for (int i = 0; i < blobs.size(); i++) {
                layers.add(new ImageLayer(image.config().diffIds().get(i), blobs.get(i)));
            }
            return Vertex.of(new Operation.Image(display, image.descriptor().digest(), layers, source), null, label);
        }

        private List<HistoryLine> history() {
            return image.config().history().stream()
                    .<HistoryLine>map(HistoryLine.Inherited::new)
                    .toList();
        }
    }

    /// A stage further up.
    record Earlier(StagePlan plan) implements Base {}

    /// {@return the triggers that a stage on this base executes first}
    default List<String> onBuild() {
        return switch (this) {
            case Scratch _, Files _ -> List.of();
            case Image(String _, ResolvedImage image, ImageSource _) ->
                image.config().container().onBuild();
            case Earlier(StagePlan plan) -> plan.container().onBuild();
        };
    }

    /// Whether nobody has looked what it says.
    default boolean isUnknown() {
        return this instanceof Image image && image.source() instanceof OfflineImages.Stub stub && stub.unknown();
    }

    /// Whether FROM is shown as a step of its own.
    default boolean countsAsStep() {
        return switch (this) {
            case Scratch _, Earlier _ -> false;
            case Files _, Image _ -> true;
        };
    }

    /// {@return the state before the first instruction of a stage}
    ///
    /// @param platform of a stage that begins with no image
    /// @param variables none yet; this method gives them away
    default StagePlan start(StepNames steps, SourceRange range, Platform platform, StageVariables variables) {
        return switch (this) {
            case Scratch() -> empty(null, platform, variables);
            case Files(String context) -> {
                var label = steps.base("FROM " + context, range);
                yield empty(Vertex.of(new Operation.Directory(context), null, label), platform, variables);
            }
            case Image image -> image.start(steps, range, variables);
            case Earlier(StagePlan plan) -> {
                StageVariables copy = plan.variables().copy();
                copy.setAll(plan.container().env());
                yield new StagePlan(
                        plan.root(),
                        plan.platform(),
                        plan.author(),
                        withoutTriggers(plan.container()),
                        plan.history(),
                        plan.unknown(),
                        copy);
            }
        };
    }

    private static StagePlan empty(@Nullable Vertex root, Platform platform, StageVariables variables) {
        var container =
                withPath(ContainerConfig.EMPTY.toBuilder().workingDir("/").build());
        variables.setAll(container.env());
        return new StagePlan(root, platform, null, container, List.of(), UnknownFields.NONE, variables);
    }

    private static ContainerConfig withoutTriggers(ContainerConfig container) {
        return container.toBuilder().onBuild(List.of()).build();
    }

    private static ContainerConfig withPath(ContainerConfig container) {
        return container.environment("PATH") != null
                ? container
                : container.toBuilder().environment("PATH", DEFAULT_PATH).build();
    }
}
