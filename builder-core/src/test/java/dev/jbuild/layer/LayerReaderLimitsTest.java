package dev.jbuild.layer;

import static dev.jbuild.layer.LayerTars.readLayer;
import static dev.jbuild.layer.TarBytes.header;
import static dev.jbuild.layer.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tars that are right but would take too much memory or disk.
class LayerReaderLimitsTest {
    @Test
    void aTerabyteOfHolesIsCutByTheLimit() {
        byte[] tar = tar().pax("GNU.sparse.size=1099511627776", "GNU.sparse.map=0,0")
                .add(header("f", '0'))
                .end();
        assertThatThrownBy(() -> readLayer(tar))
                .isInstanceOf(LayerException.class)
                .hasMessage("a layer unpacks to more than 274877906944 bytes");
    }

    @Test
    void headersOfMoreThanAMebibyteAreRefusedUnread() {
        for (char type : "xgLK".toCharArray()) {
            byte[] tar = tar().add(header("x", type).gnu().text(124, 12, "77777777777\0"))
                    .withoutEnd();
            assertThatThrownBy(() -> readLayer(tar))
                    .isInstanceOf(LayerException.class)
                    .hasMessage("not a usable tar: byte 512 at 'x' has an extended header of more than 1 MiB");
        }
        TarBytes many = tar();
        for (int i = 0; i < 3; i++) {
            many.pax("comment=" + "x".repeat(400_000));
        }
        assertThatThrownBy(() -> readLayer(many.file("a", "").end())).hasMessageContaining("more than 1 MiB");
    }

    /// Each entry would otherwise make the next one's path four kilobytes longer, for a few hundred bytes of
    /// tar.
    @Test
    void pathsThatGrowThroughLinksAreBounded() {
        TarBytes tar = tar();
        String deep = "a/".repeat(2_000);
        for (int i = 0; i < 40; i++) {
            tar.pax("linkpath=" + deep + "d").symlink("l" + i + (i == 0 ? "" : "/l"), "x");
            tar.file("l" + i + "/" + "b/".repeat(30) + "f", "");
        }
        byte[] bytes = tar.end();
        var limits = new TarLimits(1 << 30, 1000, 1 << 20);
        assertThatThrownBy(() -> LayerReader.readLayer(
                        new ByteArrayInputStream(bytes), Digest.ofBytes(bytes), LayerSink.NOTHING, limits))
                .isInstanceOf(LayerException.class)
                .hasMessage("too long names in one layer, more than 1048576 bytes");
    }

    @Test
    void limitsAreKept() throws IOException {
        byte[] tar = tar().file("a", "12345").file("b", "x").end();
        var enough = new TarLimits(tar.length, 2, 2);
        assertThat(LayerReader.readArchive(new ByteArrayInputStream(tar), LayerSink.NOTHING, enough)
                        .index()
                        .entries())
                .hasSize(2);
        for (var limits : List.of(
                new TarLimits(tar.length - 1, 2, 2),
                new TarLimits(tar.length, 1, 2),
                new TarLimits(tar.length, 2, 1))) {
            assertThatThrownBy(() -> LayerReader.readArchive(new ByteArrayInputStream(tar), LayerSink.NOTHING, limits))
                    .isInstanceOf(LayerException.class);
        }
    }
}
