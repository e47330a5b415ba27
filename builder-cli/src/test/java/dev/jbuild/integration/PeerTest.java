package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Small Dockerfiles, each built by jbuild and by Docker's BuildKit: root file system and configuration of the image
/// are equal, but for the differences that are listed with their reason.
///
/// `-Djbuild.agreement=NAME,NAME` runs only some.
class PeerTest {
    /// Seconds. BuildKit makes equal steps of builds at the same time once, so what one case shows may be as old as the
    /// first case.
    private static final long START = System.currentTimeMillis() / 1000;

    private static final Path TESTDATA = Path.of(System.getProperty("jbuild.testdata"), "agreement");
    private static final int AT_A_TIME = 2;
    private static final String ENVIRONMENT_NAME = "AGREEMENT";

    private static Path directory;
    private static LocalService.Registry registry;
    private static LocalService.Docker docker;
    private static FileServer files;
    private static ExecutorService workers;
    private static final List<String> report = new ArrayList<>();
    private static int compared;

    /// What came of a case: the differences between the images, or a failure of only one builder; and what they said.
    private record Outcome(List<String> differences, String jbuildOutput, String peerOutput, boolean jbuildFailed) {}

    @BeforeAll
    static void startServices() throws Exception {
        Needs.root();
        Needs.tools("skopeo", "umoci", "setfattr");
        directory = Files.createTempDirectory("jbuild-agreement");
        registry = LocalService.registry(directory);
        docker = LocalService.docker(directory, registry.address());
        files = FileServer.start()
                .put("/hello.txt", "hello\n".getBytes(StandardCharsets.UTF_8))
                .put("/deep/[a b]*", new byte[300_000])
                .put("/", new byte[] {1, 2, 3});
        workers = Executors.newFixedThreadPool(AT_A_TIME);
        registry.push(BaseImages.busybox(), "library/busybox:latest");
        try (Stream<Path> bases = Files.list(TESTDATA.resolve("bases"))) {
            for (Path base : bases.sorted().toList()) {
                String name = base.getFileName().toString();
                dockerBuild(List.of("-t", name), base).orFail();
                registry.pushFrom(docker, name);
            }
        }
    }

    @AfterAll
    static void stopServices() throws Exception {
        if (workers != null) {
            workers.shutdownNow();
            report.addFirst(compared + " cases agree with BuildKit, but for these differences:");
            Files.write(Files.createDirectories(Path.of("target")).resolve("agreement.txt"), report);
        }
        if (files != null) {
            files.close();
        }
        if (docker != null) {
            docker.close();
        }
        if (registry != null) {
            registry.close();
            ExternalCommand.of("rm", "-rf", "--one-file-system", directory.toString())
                    .run();
        }
    }

    @TestFactory
    Stream<DynamicTest> imagesEqualThoseOfBuildKit() throws Exception {
        String only = System.getProperty("jbuild.agreement");
        var outcomes = new LinkedHashMap<AgreementCase, Future<Outcome>>();
        for (AgreementCase one : AgreementCase.all(TESTDATA.resolve("cases"))) {
            if (only == null || Arrays.asList(only.split(",")).contains(one.name())) {
                outcomes.put(one, workers.submit(() -> compare(one)));
            }
        }
        return outcomes.entrySet().stream()
                .map(entry -> dynamicTest(
                        entry.getKey().name(),
                        () -> check(entry.getKey(), entry.getValue().get())));
    }

    private static void check(AgreementCase one, Outcome outcome) throws Exception {
        String error = one.error();
        if (outcome.jbuildFailed() != (error != null)) {
            assertThat(outcome.jbuildOutput())
                    .as("jbuild %s", error == null ? "fails" : "does not fail")
                    .isEmpty();
        }
        if (error != null) {
            assertThat(outcome.jbuildOutput()).contains(error);
        }
        assertThat(ListedDifference.unexplained(outcome.differences(), one.listed()))
                .as("differences that are not in differences.txt; BuildKit says: %s", outcome.peerOutput())
                .isEmpty();
        for (ListedDifference difference : one.listed()) {
            difference.lines().forEach(line -> report.add("  " + one.name() + ": " + line));
            report.add("      " + difference.reason());
        }
        compared++;
    }

    private static Outcome compare(AgreementCase one) throws Exception {
        Path work = Files.createDirectory(directory.resolve(one.name()));
        Path context = Files.createDirectory(work.resolve("context"));
        one.makeContext(context);
        var values = Map.of("context", context.toString(), "files", files.url(""));
        var ours = jbuildBuild(one.arguments(values), context, work.resolve("ours"));
        var theirs =
                dockerBuild(arguments(List.of("--no-cache", "-t", one.name()), one.peerArguments(values)), context);
        if (ours.exitCode() != 0 || theirs.exitCode() != 0) {
            // A daemon that is gone has refused nothing.
            docker("version").run().orFail();
            return failed(ours, theirs);
        }
        Path archive = work.resolve("theirs.tar");
        docker("save", "-o", archive.toString(), one.name()).run().orFail();
        var image = BuiltImage.ofLayout(work.resolve("ours"));
        var peerImage = BuiltImage.ofArchive(archive, Files.createDirectory(work.resolve("theirs")));
        List<String> differences =
                ImageFacts.differences(new ImageFacts(image, START), new ImageFacts(peerImage, START));
        return new Outcome(differences, ours.err(), theirs.err(), false);
    }

    private static Outcome failed(ExternalCommand.Result ours, ExternalCommand.Result theirs) {
        boolean weFailed = ours.exitCode() != 0;
        var differences = new ArrayList<String>();
        if (weFailed != (theirs.exitCode() != 0)) {
            differences.add("build: only " + (weFailed ? "jbuild" : "BuildKit") + " fails");
        }
        return new Outcome(differences, ours.err(), theirs.err(), weFailed);
    }

    private static ExternalCommand.Result jbuildBuild(List<String> arguments, Path context, Path layout)
            throws Exception {
        var output = List.of(
                "--no-cache",
                "--registry-mirror",
                "docker.io=http://" + registry.address(),
                "-o",
                "type=oci,dest=" + layout + ",tar=false");
        return new Jbuild(directory.resolve("store"))
                .command(arguments(arguments(output, arguments), List.of(context.toString()))
                        .toArray(String[]::new))
                .with(ENVIRONMENT_NAME, "from the environment")
                .run();
    }

    private static ExternalCommand.Result dockerBuild(List<String> arguments, Path context) throws Exception {
        var words = arguments(List.of("build", "-q", "--network=host"), arguments);
        words.add(context.toString());
        return docker(words.toArray(String[]::new))
                .with("DOCKER_BUILDKIT", "1")
                .with(ENVIRONMENT_NAME, "from the environment")
                .run();
    }

    private static ExternalCommand docker(String... arguments) {
        return ExternalCommand.of(
                arguments(List.of("/usr/bin/docker", "-H", docker.socket()), Arrays.asList(arguments)));
    }

    private static List<String> arguments(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
