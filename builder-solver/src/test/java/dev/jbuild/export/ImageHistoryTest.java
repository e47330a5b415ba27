package dev.jbuild.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.frontend.HistoryLine;
import dev.jbuild.frontend.ImageDraft;
import dev.jbuild.graph.Label;
import dev.jbuild.graph.Operation;
import dev.jbuild.graph.Vertex;
import dev.jbuild.oci.ContainerConfig;
import dev.jbuild.oci.History;
import dev.jbuild.oci.Platform;
import dev.jbuild.oci.UnknownFields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageHistoryTest {
    private static final Instant BASE = Instant.parse("2024-01-01T00:00:00Z");
    private static final Label LABEL = new Label("", "any", null, Map.of(), false);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void linesWithoutLayerBeforeTheFirstLayerHaveItsTime() throws Exception {
        var inherited = new HistoryLine.Inherited(new History(BASE, "base", null, null, false));

        assertThat(history(
                        2, inherited, new HistoryLine.Told("ENV A=1"), made("RUN x"), new HistoryLine.Told("USER u")))
                .containsExactly(
                        new History(BASE, "base", null, null, false),
                        new History(NOW, "ENV A=1", null, "buildkit.dockerfile.v0", true),
                        new History(NOW, "RUN x", null, "buildkit.dockerfile.v0", false),
                        new History(NOW, "USER u", null, "buildkit.dockerfile.v0", true));
    }

    @Test
    void layersThatNoLineTellsOfAreAddedBehindAllLines() throws Exception {
        assertThat(history(3, made("RUN x"), new HistoryLine.Told("USER u")))
                .containsExactly(
                        new History(NOW, "RUN x", null, "buildkit.dockerfile.v0", false),
                        new History(NOW, "USER u", null, "buildkit.dockerfile.v0", true),
                        new History(NOW, null, null, "buildkit.exporter.image.v0", false),
                        new History(NOW, "RUN x", null, "buildkit.exporter.image.v0", false));
    }

    @Test
    void anImageThatNobodyToldOfHasEntriesWithoutTime() throws Exception {
        assertThat(history(1)).containsExactly(new History(null, null, null, "buildkit.exporter.image.v0", false));
    }

    private static HistoryLine.Made made(String createdBy) {
        return new HistoryLine.Made(createdBy, Vertex.of(new Operation.Directory(""), null, LABEL));
    }

    private static List<History> history(int layers, HistoryLine... lines) throws Exception {
        var draft = new ImageDraft(
                Platform.parse("linux/amd64"), null, ContainerConfig.EMPTY, List.of(lines), null, UnknownFields.NONE);
        return ImageHistory.of(draft, layers, _ -> NOW);
    }
}
