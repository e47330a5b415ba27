package dev.jbuild.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.context.ContextException;
import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.layer.LayerException;
import dev.jbuild.layer.MergedTree;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.user.Owner;
import dev.jbuild.user.UserDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Instructions on small trees, and the layer that each makes, in files of this form:
/// ```
/// # what the file is about
/// source:                      the tree that is copied from, see TreeText; holds for all that follows
///   f 644 0:0 a text
/// below:                       the tree that is copied into
///   d 755 0:0 etc
/// COPY --parents a /x/         an instruction
/// = f 644 0:0 x/a text         its layer without the root, or:
/// ? a warning
/// ! an error
/// ```
class CopyCasesTest {
    private static final Path CASES = Path.of(System.getProperty("jbuild.testdata"), "copy");

    @TestFactory
    Stream<DynamicTest> everyInstructionMakesItsLayer() throws IOException {
        try (var files = Files.list(CASES)) {
            return files.sorted().toList().stream()
                    .map(file ->
                            DynamicTest.dynamicTest(file.getFileName().toString(), file.toUri(), () -> check(file)));
        }
    }

    private static void check(Path file) throws IOException {
        String expected = Files.readString(file);
        String actual = String.join("\n", new Script().run(expected.lines().toList())) + "\n";
        if ("update".equals(System.getProperty("jbuild.golden"))) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static final class Script {
        private final StringBuilder source = new StringBuilder();
        private final StringBuilder below = new StringBuilder();
        private StringBuilder current = source;

        /// {@return the lines with the results that are true}
        List<String> run(List<String> lines) throws IOException {
            var written = new ArrayList<String>();
            for (String line : lines) {
                if (!line.isEmpty() && "=?!".indexOf(line.charAt(0)) >= 0) {
                    continue;
                }
                written.add(line);
                if (line.equals("source:") || line.equals("below:")) {
                    current = line.equals("source:") ? source : below;
                    current.setLength(0);
                } else if (line.startsWith("  ")) {
                    current.append(line).append('\n');
                } else if (line.startsWith("COPY ") || line.startsWith("ADD ")) {
                    written.addAll(execute(line));
                }
            }
            return written;
        }

        private List<String> execute(String instruction) throws IOException {
            var results = new ArrayList<String>();
            try {
                boolean link = instruction.contains(" --link");
                CopyRequest request = request(instruction);
                CopyReads.of(request).warnings().forEach(warning -> results.add("? " + warning.message()));
                MergedTree base = TreeText.of(link ? "" : below.toString()).merged();
                try (CopyPlan plan = CopyPlan.of(request, base, TreeText.SPACE)) {
                    assertThat(plan.index().entries()).isEqualTo(plan.entries());
                    TreeText.describe(plan).stream()
                            .filter(line -> !line.endsWith(" /"))
                            .forEach(line -> results.add("= " + line));
                }
            } catch (CopyException | ContextException | LayerException problem) {
                results.add("! " + problem.getMessage());
            }
            return results;
        }

        private CopyRequest request(String instruction) {
            var words = new ArrayList<>(List.of(instruction.split(" ")));
            boolean add = words.removeFirst().equals("ADD");
            Owner owner = null;
            ModeChange mode = null;
            boolean parents = false;
            var excludes = new ArrayList<ByteString>();
            for (; words.getFirst().startsWith("--"); words.removeFirst()) {
                String flag = words.getFirst();
                String value = flag.substring(flag.indexOf('=') + 1);
                switch (flag.substring(2).split("=")[0]) {
                    case "chown" -> owner = UserDatabase.parse(null, null).resolveOwner(ByteString.of(value));
                    case "chmod" -> mode = ModeChange.parse(value);
                    case "parents" -> parents = true;
                    case "exclude" -> excludes.add(ByteString.of(value));
                    case "link" -> {}
                    default -> throw new AssertionError(instruction);
                }
            }
            SourceTree tree = TreeText.of(source.toString()).source();
            ByteString destination = ByteString.of(words.removeLast());
            var sources = words.stream()
                    .<CopySource>map(path -> new CopySource.InTree(tree, ByteString.of(path)))
                    .toList();
            var rules = new CopyRules(owner, mode, add, parents, IgnorePatterns.of(excludes), null);
            return new CopyRequest(sources, destination, ByteString.of("/w"), rules, Timestamp.EPOCH);
        }
    }
}
