package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.collect.Problem;
import dev.jbuild.integration.CrashScene.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A build with its exports, and a prune after it, killed or failing at any of their system calls.
///
/// `-Djbuild.points=all`, or a number, says how many of the points are replayed, and `-Djbuild.points.seed` which.
@Timeout(value = 4, unit = TimeUnit.HOURS)
class FailpointTest {
    private static final String POINTS = System.getProperty("jbuild.points", "");
    private static final long SEED = Long.getLong("jbuild.points.seed", 4);
    private static final int KILLED = 128 + 9;
    private static final int CANNOT_WRITE = 4;

    @TempDir
    Path directory;

    private CrashScene scene;
    private Path record;
    private List<String> oldOutputs;
    private List<String> newOutputs;
    private String oldImage;
    private String newImage;
    private List<String> listing;
    private final List<String> failures = new ArrayList<>();
    private final TreeMap<String, Integer> seen = new TreeMap<>();

    /// One replay.
    ///
    /// @param number of the call among those of its kind in its phase
    private record Point(Phase phase, String kind, int number, String action) {
        String option() {
            return "-Djbuild.failpoint=" + kind + ":" + number + ":" + action;
        }
    }

    @BeforeEach
    void undisturbed() throws Exception {
        scene = CrashScene.in(directory);
        record = directory.resolve("record");
        oldOutputs = scene.old().outputs();
        oldImage = scene.old().tagged();
        var world = scene.copy();
        newImage = world.build();
        world.prune();
        newOutputs = world.outputs();
        listing = world.listing();
        assertThat(world.tagged()).isEqualTo(newImage).isNotEqualTo(oldImage);
        assertThat(newOutputs).doesNotContainAnyElementsOf(oldOutputs);
        assertThat(world.check()).isEmpty();
    }

    @Test
    void killedAnywhereTheNextBuildSucceeds() throws Exception {
        replay(points("change", "kill"), 50);
    }

    @Test
    void anErrorAnywhereIsOneLineAndTheNextBuildSucceeds() throws Exception {
        var points = new ArrayList<Point>();
        points.addAll(points("change", "ENOSPC"));
        points.addAll(points("change", "EIO"));
        points.addAll(points("read", "EIO"));
        points.addAll(points("read", "EMFILE"));
        replay(points, 50);
    }

    @Test
    void anInterruptedOrShortCallIsNoError() throws Exception {
        var points = new ArrayList<Point>();
        points.addAll(points("change", "EINTR"));
        points.addAll(points("change", "short"));
        points.addAll(points("read", "EINTR"));
        replay(points, 15);
    }

    /// {@return every point of the recorded run}
    private List<Point> points(String kind, String action) throws Exception {
        var points = new ArrayList<Point>();
        var world = scene.copy();
        for (Phase phase : Phase.values()) {
            world.command(phase, List.of("-Djbuild.failpoint.record=" + record))
                    .run()
                    .orFail();
            int number = 0;
            for (String line : Files.readAllLines(record)) {
                if (line.startsWith(kind)) {
                    points.add(new Point(phase, kind, ++number, action));
                }
            }
        }
        return points;
    }

    /// @param usual how many when nobody says
    private void replay(List<Point> all, int usual) throws Exception {
        var points = new ArrayList<>(all);
        Collections.shuffle(points, new Random(SEED));
        int wanted = POINTS.isEmpty() ? usual : POINTS.equals("all") ? points.size() : Integer.parseInt(POINTS);
        int count = Math.min(points.size(), wanted);
        for (Point point : points.subList(0, count)) {
            try {
                replay(point);
            } catch (Exception | AssertionError failure) {
                failures.add(point + " at " + call() + ": " + failure);
                System.err.println(failures.getLast());
            }
        }
        System.err.println(count + " of " + points.size() + " points, " + seen + ", " + failures.size() + " failures");
        assertThat(failures).isEmpty();
    }

    private String call() throws Exception {
        for (String line : Files.readAllLines(record)) {
            if (line.endsWith("*")) {
                return line;
            }
        }
        return "no call";
    }

    private void replay(Point point) throws Exception {
        Files.deleteIfExists(record);
        var world = scene.copy();
        if (point.phase == Phase.PRUNE) {
            assertThat(world.build()).isEqualTo(newImage);
        }
        var result = world.command(point.phase, List.of(point.option(), "-Djbuild.failpoint.record=" + record))
                .run();
        seen.merge(point.action + " ends with " + result.exitCode(), 1, Integer::sum);
        checkEnding(point, result);
        assertThat(world.tagged()).isIn(oldImage, newImage);
        List<String> outputs = world.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            assertThat(outputs.get(i)).isIn(oldOutputs.get(i), newOutputs.get(i));
        }
        if (point.number % 2 == 0) {
            // Half of the recoveries begin with the check, the others with the build.
            assertThat(world.check()).allMatch(problem -> problem.severity() == Problem.Severity.LEFTOVER);
        }
        assertThat(world.build()).isEqualTo(newImage);
        world.prune();
        assertThat(world.check()).isEmpty();
        assertThat(world.tagged()).isEqualTo(newImage);
        assertThat(world.outputs()).isEqualTo(newOutputs);
        assertThat(difference(listing, world.listing())).isEmpty();
        assertThat(world.mounts()).isEmpty();
    }

    private static List<String> difference(List<String> expected, List<String> actual) {
        var difference = new ArrayList<String>();
        for (String path : expected) {
            if (!actual.contains(path)) {
                difference.add("- " + path);
            }
        }
        for (String path : actual) {
            if (!expected.contains(path)) {
                difference.add("+ " + path);
            }
        }
        return difference;
    }

    private void checkEnding(Point point, ExternalCommand.Result result) {
        switch (point.action) {
            case "kill" -> assertThat(result.exitCode()).as(result.err()).isIn(KILLED, 0);
            case "EINTR", "short" -> {
                assertThat(result.err()).isEmpty();
                assertThat(result.exitCode()).isZero();
            }
            default -> {
                assertThat(result.exitCode()).as(result.err()).isIn(CANNOT_WRITE, 0);
                if (result.exitCode() == CANNOT_WRITE) {
                    assertThat(result.err()).startsWith("jbuild: ").hasLineCount(1);
                }
            }
        }
        if (result.exitCode() == 0 && point.phase == Phase.BUILD) {
            assertThat(result.out().strip()).isEqualTo(newImage);
        }
    }
}
