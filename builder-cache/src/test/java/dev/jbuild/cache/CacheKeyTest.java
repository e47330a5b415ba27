package dev.jbuild.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.layer.LayerId;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import dev.jbuild.oci.OciJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheKeyTest {
    private static final Path PAGE =
            Path.of(System.getProperty("jbuild.testdata")).resolveSibling("docs/cache-keys.md");
    private static final LayerId BASE =
            LayerId.parse("d:4f4fb700ef54461cfa02571ae0db9a0dc1e0cdb5577484a6d75e68dc38e8acc1");
    private static final Digest HELLO = Digest.ofBytes("hello".getBytes(StandardCharsets.UTF_8));

    private static ObjectNode operation() {
        ObjectNode operation = OciJson.newObject();
        operation.put("kind", "copy");
        operation.putArray("sources").add("/out/app.jar");
        operation.put("destination", "/srv/");
        return operation;
    }

    private static Read read(String path) {
        return new Read(ByteString.of(path), HELLO);
    }

    @Test
    void theWorkedExampleOfTheDocumentationIsTrue() throws IOException {
        String page = Files.readString(PAGE);
        String encoded = block(page, "```json\n{\"inputs\":[\"d:");
        String key = block(page, "```\nfcab");
        assertThat(Digest.ofBytes(encoded.getBytes(StandardCharsets.UTF_8)).hex())
                .isEqualTo(key);
        assertThat(CacheKey.of(operation(), List.of(BASE), List.of(read("out/app.jar"))))
                .isEqualTo(new CacheKey(key));
        JsonNode parsed = OciJson.parse("example", encoded.getBytes(StandardCharsets.UTF_8));
        assertThat(OciJson.print(parsed)).asString(StandardCharsets.UTF_8).isEqualTo(encoded);
    }

    private static String block(String page, String start) {
        int begin = page.indexOf('\n', page.indexOf(start)) + 1;
        return page.substring(begin, page.indexOf("\n```", begin));
    }

    @Test
    void theOrderInWhichFieldsWereSetDoesNotMatter() {
        ObjectNode other = OciJson.newObject();
        other.put("destination", "/srv/");
        other.putArray("sources").add("/out/app.jar");
        other.put("kind", "copy");
        assertThat(CacheKey.of(other, List.of(), List.of())).isEqualTo(CacheKey.of(operation(), List.of(), List.of()));
    }

    @Test
    void everyPartMatters() {
        var other = LayerId.parse("i:" + HELLO.hex());
        ObjectNode renamed = operation();
        renamed.put("destination", "/srv");
        assertThat(List.of(
                        CacheKey.of(operation(), List.of(BASE), List.of(read("a"))),
                        CacheKey.of(renamed, List.of(BASE), List.of(read("a"))),
                        CacheKey.of(operation(), List.of(), List.of(read("a"))),
                        CacheKey.of(operation(), List.of(BASE, other), List.of(read("a"))),
                        CacheKey.of(operation(), List.of(other, BASE), List.of(read("a"))),
                        CacheKey.of(operation(), List.of(BASE), List.of(read("b"))),
                        CacheKey.of(operation(), List.of(BASE), List.of(read("a"), read("b"))),
                        CacheKey.of(operation(), List.of(BASE), List.of(read("b"), read("a"))),
                        CacheKey.of(operation(), List.of(BASE), List.of())))
                .doesNotHaveDuplicates();
    }

    @Test
    void aPulledLayerAndOneMadeHereOfTheSameDigestDiffer() {
        assertThat(CacheKey.of(operation(), List.of(LayerId.parse("d:" + HELLO.hex())), List.of()))
                .isNotEqualTo(CacheKey.of(operation(), List.of(LayerId.parse("i:" + HELLO.hex())), List.of()));
    }

    @Test
    void aFractionIsRefused() {
        ObjectNode operation = operation();
        operation.putArray("deep").addObject().put("x", 0.5);
        assertThatThrownBy(() -> CacheKey.of(operation, List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an operation holds the fraction 0.5");
    }

    @Test
    void halfASurrogatePairIsRefused() {
        ObjectNode operation = operation();
        operation.put("bad", "\ud800");
        assertThatThrownBy(() -> CacheKey.of(operation, List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
