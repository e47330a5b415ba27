package dev.jbuild.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.oci.Platform;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files that nobody writes by hand. The time limit is far above what they take, and far below what a loop in a loop
/// would.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LongFilesTest {
    private static final int MANY = 20_000;

    @Test
    void aChainOfStagesTakesNoDeepStack() throws Exception {
        var bases = define("FROM scratch AS s0\n" + repeat("FROM s%d AS s%d\n"));
        assertThat(bases.root()).isNull();

        var copies =
                define("FROM scratch AS s0\nCOPY a /\n" + repeat("FROM scratch AS s%2$d\nCOPY --from=s%1$d a /\n"));
        assertThat(copies.root()).isNotNull();
    }

    @Test
    void manyVariablesLabelsAndTriggersAreCollected() throws Exception {
        var definition =
                define("FROM scratch\n" + repeat("ENV A%d=v\n") + repeat("LABEL A%d=v\n") + repeat("ONBUILD RUN %d\n"));

        assertThat(definition.image().container().env()).hasSize(MANY + 1).endsWith("A" + (MANY - 1) + "=v");
        assertThat(definition.image().container().labels()).hasSize(MANY);
        assertThat(definition.image().container().onBuild()).hasSize(MANY);
    }

    private static String repeat(String line) {
        return IntStream.range(0, MANY).mapToObj(i -> line.formatted(i, i + 1)).collect(Collectors.joining());
    }

    private static BuildDefinition define(String text) throws Exception {
        var platform = Platform.of("linux", "amd64");
        var options = new FrontendOptions(null, Map.of(), Map.of(), platform, platform, FreshStages.NONE);
        return Frontend.define(Dockerfile.parse(new SourceFile("Dockerfile", text)), options, new OfflineImages());
    }
}
