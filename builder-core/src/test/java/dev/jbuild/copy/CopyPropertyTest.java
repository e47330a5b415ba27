package dev.jbuild.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.MergedTree;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Copies between random trees, and compares the tree with the new layer on top with one that was copied into node by
/// node, as `cp` would.
class CopyPropertyTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "a-b", "\u00e9");

    /// A path to its line, see [TreeText].
    private record Model(SequencedMap<String, String> lines) {
        static Model random(Random random, int owner) {
            var lines = new TreeMap<String, String>();
            var directories = new ArrayList<>(List.of(""));
            for (int i = 0; i < 14; i++) {
                String parent = directories.get(random.nextInt(directories.size()));
                String path = parent + NAMES.get(random.nextInt(NAMES.size()));
                if (lines.containsKey(path)) {
                    continue;
                }
                String rights = Integer.toOctalString(0400 + random.nextInt(0400)) + " " + owner + ":" + owner + " ";
                switch (random.nextInt(5)) {
                    case 0, 1 -> {
                        lines.put(path, "d " + rights + path + " @" + i);
                        directories.add(path + "/");
                    }
                    case 2, 3 -> lines.put(path, "f " + rights + path + " text" + random.nextInt(5) + " @" + i);
                    default -> lines.put(path, "l " + path + " target" + i + " @" + i);
                }
            }
            return new Model(lines);
        }

        TreeText tree() {
            return TreeText.of(String.join("\n", lines.values()));
        }

        char kind(String path) {
            String line = lines.get(path);
            return line == null ? '-' : line.charAt(0);
        }
    }

    static Stream<Long> seeds() {
        Long one = Long.getLong("jbuild.seed");
        return one == null ? IntStream.range(0, 200).mapToObj(Long::valueOf) : Stream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void treeWithTheNewLayerIsTheTreeAfterACopy(long seed) throws IOException {
        var random = new Random(seed);
        Model source = Model.random(random, 1);
        Model below = Model.random(random, 2);
        String from = anyDirectory(random, source);
        String to = anyDirectory(random, below) + (random.nextBoolean() ? "" : "new/");
        Model expected = new Model(new TreeMap<>(below.lines()));
        var request = new CopyRequest(
                List.of(new CopySource.InTree(source.tree().source(), ByteString.of(from))),
                ByteString.of("/" + to),
                ByteString.of("/"),
                CopyRules.PLAIN,
                Timestamp.ofSeconds(77));
        String failure = copyByHand(source, expected, from, to);
        MergedTree base = below.tree().merged();
        if (failure != null) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> CopyPlan.of(request, base, TreeText.SPACE)))
                    .isInstanceOf(CopyException.class)
                    .hasMessage(failure);
            return;
        }
        MergedTree after = base.with(CopyPlan.of(request, base, TreeText.SPACE).index());
        assertThat(describe(after)).isEqualTo(describe(expected.tree().merged()));
    }

    private static String anyDirectory(Random random, Model model) {
        List<String> directories = model.lines().keySet().stream()
                .filter(path -> model.kind(path) == 'd')
                .toList();
        int choice = random.nextInt(directories.size() + 1);
        return choice == directories.size() ? "" : directories.get(choice) + "/";
    }

    private static String copyByHand(Model source, Model target, String from, String to) {
        String made = to.isEmpty() ? "" : to.substring(0, to.length() - 1);
        if (!made.isEmpty()) {
            if (target.kind(made) == '-') {
                target.lines().put(made, "d 755 0:0 " + made + " @77");
            } else if (target.kind(made) != 'd') {
                return target.kind(made) == 'l' ? linked(target, made) : "cannot copy to non-directory: /" + made;
            }
        }
        for (var node : source.lines().entrySet()) {
            if (!node.getKey().startsWith(from)) {
                continue;
            }
            String path = to + node.getKey().substring(from.length());
            boolean directory = source.kind(node.getKey()) == 'd';
            char there = target.kind(path);
            if (directory && there != '-' && there != 'd') {
                return "cannot copy to non-directory: /" + path;
            }
            if (!directory && there == 'd') {
                return "cannot replace to directory /" + path + " with file";
            }
            target.lines().put(path, node.getValue().replaceFirst(" " + node.getKey(), " " + path));
        }
        return null;
    }

    private static String linked(Model target, String path) {
        throw new org.opentest4j.TestAbortedException("a link at " + path + " of " + target);
    }

    private static List<LayerEntry> describe(MergedTree tree) {
        var entries = new ArrayList<LayerEntry>();
        var pending = new ArrayDeque<>(List.of(ByteString.EMPTY));
        while (!pending.isEmpty()) {
            for (LayerEntry child : tree.children(pending.pop())) {
                entries.add(child);
                if (child.isDirectory()) {
                    pending.push(child.path());
                }
            }
        }
        return entries;
    }
}
