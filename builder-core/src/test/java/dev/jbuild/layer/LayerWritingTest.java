package dev.jbuild.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is rare in a layer and easily lost on the way.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LayerWritingTest {
    private static final int LARGEST_ID = -2;

    /// `cap_net_raw+ep`, and an ACL that lets user 7 read.
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "security.capability",
            "0100000200200000000000000000000000000000",
            "system.posix_acl_access",
            "0200000001000600ffffffff02000400070000000400040" + "0ffffffff10000400ffffffff20000400ffffffff");

    private static final FileContents EMPTY = file -> InputStream.nullInputStream();

    private static LayerEntry withAttribute(LayerEntry entry, String name) {
        var value = ByteString.ofBytes(HexFormat.of().parseHex(ATTRIBUTES.get(name)));
        return entry.withXattrs(new TreeMap<>(Map.of(ByteString.of(name), value)));
    }

    private static ByteString bytes(String text, int... more) {
        var name = new byte[text.length() + more.length];
        for (int i = 0; i < name.length; i++) {
            name[i] = (byte) (i < text.length() ? text.charAt(i) : more[i - text.length()]);
        }
        return ByteString.ofBytes(name);
    }

    private static LayerEntry empty(ByteString path, int mode) {
        return LayerEntry.file(path, mode, Trees.NOW, 0, Digest.ofBytes(new byte[0]));
    }

    private static LayerIndex oddLayer() {
        return LayerIndex.of(List.of(
                withAttribute(empty(bytes("capable"), 0755), "security.capability"),
                withAttribute(empty(bytes("listed"), 0644), "system.posix_acl_access"),
                empty(bytes("setuid"), 06755),
                empty(bytes("sticky"), 0644).withOwner(LARGEST_ID, LARGEST_ID),
                empty(bytes("odd", 0xff, '\n', 0xc0), 0600),
                LayerEntry.device(
                        bytes("block"),
                        EntryType.BLOCK_DEVICE,
                        0660,
                        Trees.NOW,
                        LayerEntry.deviceNumber(4095, 1048575)),
                LayerEntry.device(
                        bytes("null"), EntryType.CHARACTER_DEVICE, 0666, Trees.NOW, LayerEntry.deviceNumber(1, 3)),
                LayerEntry.fifo(bytes("pipe"), 0640, Trees.NOW),
                LayerEntry.directory(bytes("temporary"), 01777, 5, 6, Trees.NOW)));
    }

    @Test
    void umociUnpacksWhatOtherToolsTrip(@TempDir Path temp) throws Exception {
        Tool.requireRoot();
        Tool.require("umoci", "umoci");
        Tool.require("getfattr", "attr");
        Path tar = Files.write(temp.resolve("layer.tar"), LayerTars.write(oddLayer(), EMPTY));
        String layout = temp + "/layout";
        String image = layout + ":latest";
        Tool.run("umoci", "init", "--layout", layout);
        Tool.run("umoci", "new", "--image", image);
        Tool.run("umoci", "raw", "add-layer", "--image", image, tar.toString());
        Tool.run("umoci", "raw", "unpack", "--image", image, temp + "/root");

        String found = Tool.run("find", temp + "/root", "-mindepth", "1", "-printf", "%P %y %m %U %G\\0");
        assertThat(found.split("\0"))
                .containsExactlyInAnyOrder(
                        "block b 660 0 0",
                        "capable f 755 0 0",
                        "listed f 644 0 0",
                        "null c 666 0 0",
                        "odd\u00ff\n\u00c0 f 600 0 0",
                        "pipe p 640 0 0",
                        "setuid f 6755 0 0",
                        "sticky f 644 4294967294 4294967294",
                        "temporary d 1777 5 6");
        assertThat(Tool.run("stat", "-c", "%t %T", temp + "/root/block")).isEqualTo("fff fffff\n");
        assertThat(attribute(temp.resolve("root/capable"), "security.capability"))
                .endsWith("0x" + ATTRIBUTES.get("security.capability") + "\n\n");
        assertThat(attribute(temp.resolve("root/listed"), "system.posix_acl_access"))
                .endsWith("0x" + ATTRIBUTES.get("system.posix_acl_access") + "\n\n");
    }

    private static String attribute(Path file, String name) throws Exception {
        return Tool.run("getfattr", "--absolute-names", "-e", "hex", "-n", name, file.toString());
    }

    @Test
    void whatIsRareIsReadBackAsItWas() throws Exception {
        LayerIndex index = oddLayer();
        byte[] tar = LayerTars.write(index, EMPTY);

        LayerIndex back = LayerReader.readArchive(new ByteArrayInputStream(tar), new RecordingSink(), TarLimits.DEFAULT)
                .index();

        assertThat(back.entries()).isEqualTo(index.entries());
    }

    @Test
    void aPathLongerThanTheKernelTakesIsWrittenAndRead(@TempDir Path temp) throws Exception {
        var entries = new ArrayList<LayerEntry>();
        ByteString path = ByteString.EMPTY;
        var name = ByteString.of("n".repeat(255));
        for (int depth = 0; depth < 20; depth++) {
            path = path.resolve(name);
            entries.add(LayerEntry.directory(path, 0755, 0, 0, Trees.NOW));
        }
        entries.add(empty(path.resolve(ByteString.of("deep")), 0644));
        LayerIndex index = LayerIndex.of(entries);
        byte[] tar = LayerTars.write(index, EMPTY);

        assertThat(path.length()).isGreaterThan(4096);
        assertThat(LayerTars.readLayer(tar).index().entries()).isEqualTo(index.entries());
        Tool.require("tar", "tar");
        Path file = Files.write(temp.resolve("deep.tar"), tar);
        assertThat(Tool.run("tar", "-tf", file.toString())).endsWith("/deep\n");
    }
}
