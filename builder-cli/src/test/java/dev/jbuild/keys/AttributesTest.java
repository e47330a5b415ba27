package dev.jbuild.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.build.BuildRequest;
import dev.jbuild.build.BuildSettings;
import dev.jbuild.build.ImageBuild;
import dev.jbuild.event.BuildEvent;
import dev.jbuild.registry.RegistryMirrors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every attribute of a file makes the copy of it run again, or stands in the table as one that does not.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AttributesTest {
    private static final Path TABLE = Path.of(System.getProperty("jbuild.testdata"), "keys", "attributes.txt");

    private static final Map<String, String> DOCKERFILES = Map.of(
            "c", "FROM scratch\nCOPY c /c\n",
            "s", "FROM scratch AS stage\nADD all.tar /\nFROM scratch\nCOPY --from=stage /s /s\n");

    @TempDir
    Path directory;

    @Test
    void everyEditDoesWhatTheTableSays() throws Exception {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")) || "true".equals(System.getenv("CI")), "needs root");
        Files.createDirectory(directory.resolve("context"));
        shell("mkdir -p c/d s/d; echo a > c/a; echo b > c/d/b; ln -s a c/l; ln -s a c/m; cp -a c/. s; rm s/m");
        for (String copied : List.of("c", "s")) {
            runs(copied);
        }
        var told = new ArrayList<String>();
        List<String> table = Files.readAllLines(TABLE);
        for (String line : table) {
            if (line.startsWith("#")) {
                told.add(line);
                continue;
            }
            String edit = line.substring(10);
            shell(edit);
            String copied = line.substring(0, 1);
            told.add(copied + (runs(copied) ? " runs    " : " cached  ") + edit);
        }
        assertThat(told).isEqualTo(table);
    }

    private void shell(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-ec", command)
                .directory(directory.resolve("context").toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).as(command).isZero();
    }

    /// {@return whether the last step of the file that copies it ran}
    private boolean runs(String copied) throws Exception {
        shell("rm -f all.tar; tar --numeric-owner -cf all.tar s $(test ! -f beside || echo beside)");
        Path dockerfile = Files.writeString(directory.resolve("Dockerfile"), DOCKERFILES.get(copied));
        var outcomes = new TreeMap<Integer, BuildEvent.Outcome>();
        ImageBuild.run(
                BuildRequest.of(directory.resolve("context"))
                        .dockerfile(dockerfile)
                        .build(),
                new BuildSettings(directory.resolve("store"), RegistryMirrors.NONE, event -> {
                    if (event instanceof BuildEvent.StepFinished(int step, BuildEvent.Outcome outcome, var _)) {
                        synchronized (outcomes) {
                            outcomes.put(step, outcome);
                        }
                    }
                }));
        return outcomes.lastEntry().getValue() instanceof BuildEvent.Outcome.Done;
    }
}
