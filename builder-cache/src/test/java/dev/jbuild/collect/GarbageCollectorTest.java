package dev.jbuild.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.cache.Store;
import dev.jbuild.layer.Compression;
import dev.jbuild.layer.LayerId;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.snapshot.Layer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GarbageCollectorTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path temporary;

    private StoreFixture fixture;

    @BeforeEach
    void fixture() {
        fixture = new StoreFixture(temporary.resolve("state"));
    }

    private List<LayerId> built(String name, int steps) throws Exception {
        try (Store store = fixture.open()) {
            return StoreFixture.build(store, name, steps);
        }
    }

    private boolean isThere(LayerId id) {
        return Files.exists(temporary.resolve("state/v1/layers/" + id.directoryName()));
    }

    @Test
    void whatATaggedImageNeedsStays() throws Exception {
        List<LayerId> layers = built("app", 4);
        assertThat(fixture.prune(StoreFixture.everything()).removed()).isEmpty();
        try (Store store = fixture.open()) {
            StoreFixture.check(store, layers);
        }
    }

    @Test
    void aTaggedImageGoesOnlyWhenImagesAreAskedFor() throws Exception {
        List<LayerId> layers = built("app", 2);
        assertThat(fixture.prune(StoreFixture.filtered(false, "type=image")).removed())
                .isEmpty();
        assertThat(StoreFixture.kinds(fixture.prune(StoreFixture.filtered(true, "type=image"))))
                .containsExactly("image image app");
        assertThat(layers).allMatch(this::isThere);
        assertThat(fixture.prune(StoreFixture.everything()).removed()).hasSize(3);
        assertThat(layers).noneMatch(this::isThere);
    }

    @Test
    void withoutAllOnlyGoesWhatNoBuildCanUse() throws Exception {
        List<LayerId> layers = built("", 2);
        // The name of an image without a tag leads nowhere; its layers are still what the steps made.
        assertThat(StoreFixture.kinds(fixture.prune(StoreFixture.dangling())))
                .containsExactly("image image without a tag", "blob of nothing");
        assertThat(layers).allMatch(this::isThere);
    }

    @Test
    void aLayerGoesWithItsRecords() throws Exception {
        List<LayerId> layers = built("", 3);
        Collection done = fixture.prune(StoreFixture.filtered(false, "type=layer", "description=step 0"));
        assertThat(StoreFixture.kinds(done)).containsExactly("layer step 0");
        assertThat(isThere(layers.getFirst())).isFalse();
        try (Store store = fixture.open()) {
            assertThat(store.cache().find(StoreFixture.key("step 0", List.of())))
                    .isEmpty();
            assertThat(StoreFixture.build(store, "", 3)).isEqualTo(layers);
        }
    }

    @Test
    void whatAStepReadGoesAfterItsRecord() throws Exception {
        built("app", 2);
        try (Store store = fixture.open()) {
            String key = StoreFixture.key("step 0", List.of()).hex();
            store.records().saveReads(key, LayerIndex.of(List.of()));
        }
        assertThat(StoreFixture.kinds(fixture.prune(StoreFixture.dangling()))).isEmpty();
        fixture.prune(StoreFixture.filtered(true, "type=image"));
        fixture.prune(StoreFixture.filtered(false, "type=layer"));
        assertThat(StoreFixture.kinds(fixture.prune(StoreFixture.dangling())))
                .containsExactlyInAnyOrder("history what a step read", "blob of nothing");
    }

    @Test
    void whatAProcessFoundStaysWhileItLives() throws Exception {
        List<LayerId> layers = built("", 2);
        try (Store user = fixture.open()) {
            assertThat(user.cache().find(StoreFixture.key("step 0", List.of()))).isPresent();
            Collection done = fixture.prune(StoreFixture.everything());
            assertThat(StoreFixture.kinds(done)).contains("layer step 1").doesNotContain("layer step 0");
            StoreFixture.check(user, layers.subList(0, 1));
            assertThat(fixture.inventory().items())
                    .filteredOn(item -> item.kind() == ItemKind.LAYER)
                    .singleElement()
                    .matches(item -> item.need().leased() && !item.isReclaimable());
        }
        assertThat(StoreFixture.kinds(fixture.prune(StoreFixture.everything()))).contains("layer step 0");
    }

    @Test
    void whatAProcessMadeStaysWhileItLives() throws Exception {
        try (Store user = fixture.open()) {
            List<LayerId> layers = StoreFixture.build(user, "", 2);
            assertThat(StoreFixture.kinds(fixture.prune(StoreFixture.everything())))
                    .containsExactly("image image without a tag");
            StoreFixture.check(user, layers);
        }
    }

    @Test
    void theLeaseOfADeadProcessCountsForNothing() throws Exception {
        List<LayerId> layers = built("", 1);
        Path dead = Files.createDirectory(temporary.resolve("state/v1/tmp/0123456789abcdef"));
        Files.writeString(
                dead.resolve("leases"), "\nlayers/" + layers.getFirst().directoryName() + "\n");
        assertThat(StoreFixture.kinds(fixture.prune(StoreFixture.everything()))).contains("layer step 0");
        assertThat(dead).doesNotExist();
    }

    @Test
    void whatIsWorthLeastGoesFirst() throws Exception {
        try (Store store = fixture.open()) {
            LayerId slow = StoreFixture.step(store, "slow", List.of(), Duration.ofMinutes(10));
            LayerId quick = StoreFixture.step(store, "quick", List.of(), SECOND);
            LayerId old = StoreFixture.step(store, "old", List.of(), SECOND);
            store.committer().flush();
            fixture.ageLayer(slow, List.of(), "slow", Duration.ofHours(10));
            fixture.ageLayer(quick, List.of(), "quick", Duration.ofHours(1));
            fixture.ageLayer(old, List.of(), "old", Duration.ofHours(10));
        }
        long all = fixture.inventory().bytes();
        assertThat(StoreFixture.kinds(fixture.prune(Policy.limit(all - 1)))).containsExactly("layer old");
        assertThat(StoreFixture.kinds(fixture.prune(StoreFixture.everything())))
                .containsExactly("layer quick", "layer slow");
    }

    @Test
    void aLayerIsWorthWhatStandsOnIt() throws Exception {
        try (Store store = fixture.open()) {
            LayerId below = StoreFixture.step(store, "below", List.of(), SECOND);
            LayerId above = StoreFixture.step(store, "above", List.of(below), Duration.ofMinutes(10));
            LayerId other = StoreFixture.step(store, "other", List.of(), Duration.ofSeconds(2));
            store.committer().flush();
            fixture.ageLayer(below, List.of(), "below", Duration.ofHours(1));
            fixture.ageLayer(above, List.of(below), "above", Duration.ofHours(1));
            fixture.ageLayer(other, List.of(), "other", Duration.ofHours(1));
        }
        assertThat(StoreFixture.kinds(fixture.prune(StoreFixture.everything())))
                .containsExactly("layer other", "layer above", "layer below");
    }

    @Test
    void aTimeInTheFutureIsNoReasonToStayOrGo() throws Exception {
        List<LayerId> layers = built("", 1);
        fixture.ageLayer(layers.getFirst(), List.of(), "step 0", Duration.ofDays(-3650));
        assertThat(fixture.prune(StoreFixture.filtered(false, "until=1h")).removed())
                .isEmpty();
        assertThat(StoreFixture.kinds(fixture.prune(StoreFixture.everything()))).contains("layer step 0");
    }

    @Test
    void aSecondFormGoesAlone() throws Exception {
        try (Store store = fixture.open()) {
            List<LayerId> layers = StoreFixture.build(store, "app", 1);
            Object ignored = store.layers().blob(Layer.stored(layers.getFirst()), Compression.GZIP);
            store.committer().flush();
        }
        assertThat(StoreFixture.kinds(fixture.prune(StoreFixture.everything()))).containsExactly("form blob of step 0");
    }

    @Test
    void keptAndReservedBytesStay() throws Exception {
        List<LayerId> layers = built("", 2);
        var kept = new Policy(List.of(), true, null, null, 0, Duration.ofHours(1));
        assertThat(fixture.prune(kept).removed()).isEmpty();
        var reserved = new Policy(List.of(), true, null, null, Long.MAX_VALUE, Duration.ZERO);
        assertThat(fixture.prune(reserved).removed()).isEmpty();
        assertThat(layers).allMatch(this::isThere);
    }

    @Test
    void whatIsOfAnotherVersionStays() throws Exception {
        LayerId only = built("", 1).getFirst();
        Path record = temporary.resolve("state/v1/keys/aa/" + "a".repeat(64));
        Files.createDirectories(record.getParent());
        Files.writeString(record, "{\"v\":2}");
        Path unknown =
                Files.createDirectory(temporary.resolve("state/v1/later")).resolve("1");
        Files.writeString(unknown, "x");
        assertThat(fixture.prune(StoreFixture.everything()).removed()).isNotEmpty();
        assertThat(isThere(only)).isFalse();
        assertThat(record).exists();
        assertThat(unknown).exists();
    }

    @Test
    void everyByteIsCounted() throws Exception {
        built("app", 6);
        long counted = fixture.inventory().bytes();
        var du = new ProcessBuilder(
                        "du",
                        "-s",
                        "--block-size=1",
                        temporary.resolve("state/v1").toString())
                .start();
        long seen = Long.parseLong(new String(du.getInputStream().readAllBytes()).split("\t", 2)[0]);
        assertThat(counted).isBetween(seen * 99 / 100, seen);
    }

    @Test
    void whatCannotBeUnderstoodIsRefused() {
        assertThatThrownBy(() -> ItemFilter.parse("color=red"))
                .isInstanceOf(PolicyException.class)
                .hasMessage(
                        "filter 'color=red' has no known key; keys are id, type, description, inuse, shared, private"
                                + " and until");
        assertThatThrownBy(() -> Amounts.bytes("many", 1))
                .hasMessage("'many' is no size, write for example 10GB, 512MiB or 20%");
        assertThatThrownBy(() -> Amounts.bytes("100.1%", 1))
                .hasMessage("'100.1%' is more than there is, write at most 100%");
        assertThatThrownBy(() -> Amounts.duration("1y"))
                .hasMessage("'1y' is no time, write for example 24h, 1h30m or 7d");
        assertThat(Amounts.bytes("1.5GiB", 0)).isEqualTo(3L << 29);
        assertThat(Amounts.bytes("20%", 1000)).isEqualTo(200);
        assertThat(Amounts.bytes("100%", 1000)).isEqualTo(1000);
        assertThat(Amounts.duration("1h30m")).isEqualTo(Duration.ofMinutes(90));
    }
}
