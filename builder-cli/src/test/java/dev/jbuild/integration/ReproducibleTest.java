package dev.jbuild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The same image from builds that have nothing in common but the project.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ReproducibleTest {
    private static final String DOCKERFILE = """
            FROM busybox AS make
            RUN mkdir -p /out/deep && echo one > /out/deep/file && ln /out/deep/file /out/link && chmod 4755 /out/link
            FROM busybox
            LABEL made=here
            WORKDIR /work
            COPY src/ /work/src/
            COPY --from=make /out /opt
            RUN head -c 3000000 /dev/zero > /work/zeros && ln -s zeros /work/soft && mkfifo /work/pipe
            RUN rm -r /root && mkdir /root && rm /etc/group && touch -d @100 /work/old && cp /work/src/a /work/b
            RUN echo "$TZ" > /dev/null; mv /work/b /work/c
            ADD data.tar /data/
            ENTRYPOINT ["/bin/sh"]
            """;

    @TempDir
    Path directory;

    /// A place to build in: a store and a copy of the project, at another path and of another time.
    private BusyboxBuild place(String name, String dockerfile) throws Exception {
        var build = new BusyboxBuild(Files.createDirectory(directory.resolve(name)));
        build.dockerfile(dockerfile);
        ExternalCommand.of("sh", "-c", """
                        umask 022; mkdir -p src/d; echo a > src/a; echo b > src/d/b; ln -s a src/l; chmod 600 src/d/b
                        tar --mtime=@1700000000 -cf data.tar src; chmod 644 Dockerfile data.tar""").in(build.context()).run().orFail();
        return build;
    }

    private JsonNode build(BusyboxBuild place, List<String> under, String zone, String locale, String... options)
            throws Exception {
        if (!under.isEmpty()) {
            place.jbuild().under(under.toArray(String[]::new));
        }
        Path layout = place.context().resolveSibling("layout");
        var arguments = new ArrayList<>(List.of("--build-context", place.busybox()));
        arguments.addAll(List.of(options));
        arguments.add(place.context().toString());
        place.jbuild()
                .command(arguments.toArray(String[]::new))
                .with("TZ", zone)
                .with("LC_ALL", locale)
                .in(place.context().getParent())
                .run()
                .orFail();
        return new ObjectMapper().readTree(layout.resolve("index.json").toFile());
    }

    @Test
    void twoStoresGiveOneDigest() throws Exception {
        BusyboxBuild one = place("one", DOCKERFILE);
        one.jbuild().javaOption("-XX:ActiveProcessorCount=1");
        JsonNode first =
                build(one, List.of(), "UTC", "C.UTF-8", "--reproducible", "-o", "type=oci,dest=layout,tar=false");
        Thread.sleep(2100);
        BusyboxBuild two = place("elsewhere", DOCKERFILE);
        two.jbuild().javaOption("-XX:ActiveProcessorCount=4");
        List<String> umask = List.of("sh", "-c", "umask 077; exec \"$@\"", "sh");
        JsonNode second = build(
                two, umask, "Asia/Kathmandu", "tr_TR.UTF-8", "--reproducible", "-o", "type=oci,dest=layout,tar=false");

        assertThat(second).isEqualTo(first);
        assertThat(first.at("/manifests/0/digest").textValue()).startsWith("sha256:");
        BuiltImage image = BuiltImage.ofLayout(directory.resolve("one/layout"));
        assertThat(image.config().get("created").textValue()).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void onlyWhatIsLaterIsRewritten() throws Exception {
        BusyboxBuild place = place("one", DOCKERFILE);
        String epoch = "SOURCE_DATE_EPOCH=1000000000";
        build(
                place,
                List.of(),
                "UTC",
                "C",
                "--build-arg",
                epoch,
                "-o",
                "type=oci,dest=layout,tar=false,rewrite-timestamp=true",
                "-o",
                "type=oci,dest=kept.tar",
                "-o",
                "type=tar,dest=flat.tar");

        String plain = times(place, "kept.tar");
        Path packed = place.context().resolveSibling("rewritten.tar");
        ExternalCommand.of("tar", "-C", directory.resolve("one/layout").toString(), "-cf", packed.toString(), ".")
                .run()
                .orFail();
        String rewritten = times(place, "rewritten.tar");
        assertThat(rewritten).contains("1970-01-01 00:01:40 work/old\n", "2001-09-09 01:46:40 work/zeros\n");
        assertThat(plain).contains("1970-01-01 00:01:40 work/old\n").doesNotContain("2001-09-09 01:46:40 work/zeros\n");
        assertThat(firstLayer(place, "layout")).isEqualTo(firstLayer(place, "base"));
        assertThat(list(place.context().resolveSibling("flat.tar")))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("2001-09-09 01:46:40 "));
    }

    @Test
    void withoutATimeNothingIsRewrittenAndThatIsSaid() throws Exception {
        BusyboxBuild place = place("one", "FROM busybox\nRUN touch /f\n");

        var result = place.run("-o", "type=oci,dest=" + directory + "/image.tar,rewrite-timestamp=1")
                .orFail();

        assertThat(result.err()).contains("times in layers are kept: SOURCE_DATE_EPOCH says no time");
    }

    @Test
    void theDockerfileMayNameTheTime() throws Exception {
        BusyboxBuild place = place("one", "ARG SOURCE_DATE_EPOCH=86400\nFROM busybox\nRUN touch /f\n");
        build(place, List.of(), "UTC", "C", "--reproducible", "-o", "type=oci,dest=layout,tar=false");

        assertThat(BuiltImage.ofLayout(directory.resolve("one/layout"))
                        .config()
                        .get("created")
                        .textValue())
                .isEqualTo("1970-01-02T00:00:00Z");
    }

    /// {@return a line for each file of each layer of an image}
    private String times(BusyboxBuild place, String archive) throws Exception {
        Path work = Files.createDirectory(directory.resolve(archive + ".d"));
        ExternalCommand.of("tar", "-xf", place.context().resolveSibling(archive).toString(), "-C", work.toString())
                .run()
                .orFail();
        var lines = new StringBuilder();
        JsonNode manifest = manifest(work);
        for (JsonNode layer : manifest.get("layers")) {
            String digest = layer.get("digest").textValue().replace(':', '/');
            list(work.resolve("blobs").resolve(digest))
                    .forEach(line -> lines.append(line).append('\n'));
        }
        return lines.toString();
    }

    private String firstLayer(BusyboxBuild place, String layout) throws Exception {
        Path where =
                layout.equals("base") ? BaseImages.busybox() : place.context().resolveSibling(layout);
        return manifest(where).at("/layers/0/digest").textValue();
    }

    private static JsonNode manifest(Path layout) throws Exception {
        var json = new ObjectMapper();
        JsonNode index = json.readTree(layout.resolve("index.json").toFile());
        String digest = index.at("/manifests/0/digest").textValue().replace(':', '/');
        return json.readTree(layout.resolve("blobs").resolve(digest).toFile());
    }

    /// {@return time and name of each file of an archive}
    private static List<String> list(Path archive) throws Exception {
        String listed = ExternalCommand.of("tar", "--full-time", "-tvf", archive.toString())
                .with("TZ", "UTC")
                .run()
                .orFail()
                .out();
        return listed.lines()
                .map(line -> line.replaceFirst("^\\S+ +\\S+ +\\S+ +", "").replaceAll(" +", " "))
                .toList();
    }
}
