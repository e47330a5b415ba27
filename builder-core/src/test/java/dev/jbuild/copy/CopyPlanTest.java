package dev.jbuild.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.layer.EntryType;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.layer.LayerIndex;
import dev.jbuild.layer.Timestamp;
import dev.jbuild.linux.ByteString;
import dev.jbuild.user.Owner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CopyPlanTest {
    private static final String SOURCE = """
            d 700 5:5 / @9
            d 750 1:2 dir @3
            f 640 1:2 dir/a A @4
            h dir/b dir/a
            d 711 3:4 dir/sub @5
            f 4755 3:4 dir/sub/x X @6
            l dir/sub/link ../a @7
            p 600 1:1 dir/sub/pipe @8
            l dirlink dir
            f 644 0:0 file F @1
            l filelink dir/a
            f 644 0:0 one.txt 1
            f 644 0:0 two.txt 2
            """;

    private static final String BELOW = """
            d 555 0:0 / @90
            d 700 7:7 app @91
            f 600 7:7 app/old O @92
            l lib usr/lib
            d 755 0:0 usr @93
            d 751 0:8 usr/lib @94
            f 644 0:0 plain P
            l toplain plain
            l dangling /var/new/place
            l loop loop
            l app/link old
            """;

    @Test
    void oneFileGetsTheNameOfTheDestination() throws IOException {
        assertThat(copy("/x", "file")).containsExactly("d 555 0:0 / @90", "f 644 0:0 x F @1");
    }

    @Test
    void existingDirectoryTakesTheFileUnderItsNameAndKeepsWhatItIs() throws IOException {
        List<String> expected = List.of("d 555 0:0 / @90", "d 700 7:7 app @91", "f 644 0:0 app/file F @1");
        assertThat(copy("/app", "file")).isEqualTo(expected);
        assertThat(copy("/app/", "file")).isEqualTo(expected);
        assertThat(copy("app/.", "/file/")).isEqualTo(expected);
        assertThat(copy("/app/x/..", "../../file")).isEqualTo(expected);
    }

    @Test
    void trailingSlashMakesTheDirectoryAndItsParents() throws IOException {
        assertThat(copy("/new/deep/", "file"))
                .containsExactly(
                        "d 555 0:0 / @90",
                        "d 755 0:0 new @1000",
                        "d 755 0:0 new/deep @1000",
                        "f 644 0:0 new/deep/file F @1");
    }

    @Test
    void everythingCopiedHasTheTimeThatTheBuildIsGiven() throws IOException {
        var time = Timestamp.ofSeconds(777);
        var rules = new CopyRules(null, null, false, false, IgnorePatterns.NONE, time);
        var request = new CopyRequest(
                List.of(source("file"), source("dir")), ByteString.of("/new/"), ByteString.of("/"), rules, time);
        assertThat(describe(request))
                .startsWith("d 555 0:0 / @90")
                .allMatch(line -> line.startsWith("h ") || line.endsWith(" / @90") || line.endsWith("@777"));
    }

    @Test
    void destinationIsRelativeToTheWorkingDirectory() throws IOException {
        for (String destination : List.of(".", "./", "")) {
            var request = request(destination, "/app", null, null, source("file"));
            assertThat(describe(request)).contains("f 644 0:0 app/file F @1");
        }
        assertThat(describe(request("y/z", "/app", null, null, source("file"))))
                .contains("d 755 0:0 app/y @1000", "f 644 0:0 app/y/z F @1");
    }

    @Test
    void linksOfTheDestinationAreFollowedInsideTheRoot() throws IOException {
        assertThat(copy("/lib/", "file"))
                .containsExactly(
                        "d 555 0:0 / @90", "d 755 0:0 usr @93", "d 751 0:8 usr/lib @94", "f 644 0:0 usr/lib/file F @1");
        assertThat(copy("/lib/a/b", "file")).contains("d 755 0:0 usr/lib/a @1000", "f 644 0:0 usr/lib/a/b F @1");
        assertThat(copy("/toplain", "file")).containsExactly("d 555 0:0 / @90", "f 644 0:0 plain F @1");
        assertThat(copy("/dangling/", "file")).contains("f 644 0:0 var/new/place/file F @1");
        assertThat(copy("/dangling", "dir"))
                .contains("d 755 0:0 var/new/place @1000", "f 640 1:2 var/new/place/a A @4");
        assertThat(copy("/../../x", "file")).contains("f 644 0:0 x F @1");
        assertThatThrownBy(() -> copy("/loop/x", "file")).hasMessageContaining("too many levels of symbolic links");
    }

    @Test
    void theLinkAtTheNameOfANewFileIsReplaced() throws IOException {
        assertThat(describe(request(
                        "/app/", "/", null, null, new CopySource.Inline(ByteString.of("link"), ByteString.of("t")))))
                .contains("f 644 0:0 app/link t @1000");
    }

    @Test
    void contentsOfADirectoryGoIntoANewOneThatIsOurs() throws IOException {
        assertThat(copy("/new", "dir"))
                .containsExactly(
                        "d 555 0:0 / @90",
                        "d 755 0:0 new @1000",
                        "f 640 1:2 new/a A @4",
                        "h new/b new/a",
                        "d 711 3:4 new/sub @5",
                        "l new/sub/link ../a @7",
                        "p 600 1:1 new/sub/pipe @8",
                        "f 4755 3:4 new/sub/x X @6");
    }

    @Test
    void existingDirectoryKeepsItsModeAndNestedOnesTakeThatOfTheSource() throws IOException {
        List<String> lines = describe(CopyPlan.of(
                request("/app", "/", null, null, source("dir")),
                TreeText.of("d 700 7:7 app\nd 777 9:9 app/sub\nf 600 7:7 app/sub/kept k")
                        .merged(),
                TreeText.SPACE));
        assertThat(lines).contains("d 700 7:7 app", "d 711 3:4 app/sub @5").noneMatch(line -> line.contains("kept"));
    }

    @Test
    void linkAsASourceIsFollowedAndKeepsItsName() throws IOException {
        assertThat(copy("/n/", "filelink")).contains("f 640 1:2 n/filelink A @4");
        assertThat(copy("/n/", "dirlink/sub/link")).contains("f 640 1:2 n/link A @4");
        assertThat(copy("/n/", "dirlink")).contains("f 640 1:2 n/a A @4", "l n/sub/link ../a @7");
    }

    @Test
    void patternCopiesItsMatchesInOrder() throws IOException {
        assertThat(copy("/n/", "*.txt"))
                .containsExactly(
                        "d 555 0:0 / @90", "d 755 0:0 n @1000", "f 644 0:0 n/one.txt 1", "f 644 0:0 n/two.txt 2");
        assertThat(copy("/n/", "d*/s*")).contains("f 4755 3:4 n/x X @6");
        assertThat(copy("/n/", "dirlink/*")).contains("f 640 1:2 n/a A @4", "f 640 1:2 n/b A @4");
        assertThat(copy("/n", "o*.txt")).contains("f 644 0:0 n 1");
        assertThat(copy("/n/", "nothing*")).isEmpty();
    }

    @Test
    void severalFilesNeedADirectory() throws IOException {
        assertThatThrownBy(() -> copy("/n", "one.txt", "two.txt"))
                .isInstanceOf(CopyException.class)
                .hasMessage(
                        "when using COPY with more than one source file, the destination must be a directory and end"
                                + " with a /: write '/n/'");
        assertThatThrownBy(() -> copy("/n", "*.txt")).isInstanceOf(CopyException.class);
        assertThat(copy("/app", "one.txt", "two.txt")).contains("f 644 0:0 app/one.txt 1", "f 644 0:0 app/two.txt 2");
        assertThat(copy("/n", "dir", "two.txt")).contains("f 644 0:0 n/two.txt 2");
    }

    @Test
    void laterSourceReplacesWhatAnEarlierOneWrote() throws IOException {
        assertThat(copy("/n/", "dir", "dir/sub/x", "one.txt", "dir/sub/link"))
                .contains("f 4755 3:4 n/x X @6", "f 644 0:0 n/one.txt 1", "f 640 1:2 n/link A @4");
    }

    @Test
    void theSameFileFromTwoSourcesIsTwoFiles() throws IOException {
        assertThat(copy("/n/", "dir", "dir/sub/x", "dir/sub")).noneMatch(line -> line.startsWith("h n/x"));
        assertThat(copy("/n/", "dir/sub/x", "dir")).contains("f 4755 3:4 n/sub/x X @6", "f 4755 3:4 n/x X @6");
    }

    @Test
    void kindsDoNotReplaceEachOther() {
        assertThatThrownBy(() -> copy("/plain", "dir")).hasMessage("cannot copy to non-directory: /plain");
        assertThatThrownBy(() -> copy("/plain/", "file")).hasMessage("cannot copy to non-directory: /plain");
        assertThatThrownBy(() -> copy("/plain/x", "file")).hasMessage("cannot copy to non-directory: /plain");
        assertThatThrownBy(() -> onto("d 755 0:0 n\nd 755 0:0 n/file", "/n/", "file"))
                .hasMessage("cannot replace to directory /n/file with file");
        assertThatThrownBy(() -> onto("d 755 0:0 n\nf 644 0:0 n/sub s", "/n/", "dir"))
                .hasMessage("cannot copy to non-directory: /n/sub");
        assertThatThrownBy(() -> onto("d 755 0:0 n\nd 755 0:0 x\nl n/sub ../x", "/n/", "dir"))
                .hasMessage("cannot copy to non-directory: /n/sub");
        assertThatThrownBy(() -> onto("d 755 0:0 n\nd 755 0:0 n/a", "/n/", "dir"))
                .hasMessage("cannot replace to directory /n/a with file");
    }

    @Test
    void ownerIsThatOfEverythingCopiedOrMade() throws IOException {
        assertThat(describe(request("/new/d/", "/", new Owner(-2, 20), null, source("dir"))))
                .containsExactly(
                        "d 555 0:0 / @90",
                        "d 755 4294967294:20 new @1000",
                        "d 755 4294967294:20 new/d @1000",
                        "f 640 4294967294:20 new/d/a A @4",
                        "h new/d/b new/d/a",
                        "d 711 4294967294:20 new/d/sub @5",
                        "l new/d/sub/link ../a @7",
                        "p 600 4294967294:20 new/d/sub/pipe @8",
                        "f 4755 4294967294:20 new/d/sub/x X @6");
    }

    @Test
    void modeIsThatOfEverythingCopiedButNotOfParents() throws IOException {
        assertThat(describe(request("/p/new", "/", null, ModeChange.parse("u=rwX,go=rX"), source("dir"))))
                .containsExactly(
                        "d 555 0:0 / @90",
                        "d 755 0:0 p @1000",
                        "d 755 0:0 p/new @1000",
                        "f 644 1:2 p/new/a A @4",
                        "h p/new/b p/new/a",
                        "d 755 3:4 p/new/sub @5",
                        "l p/new/sub/link ../a @7",
                        "p 644 1:1 p/new/sub/pipe @8",
                        "f 755 3:4 p/new/sub/x X @6");
        assertThat(describe(request("/p/f", "/", null, ModeChange.parse("0640"), source("file"))))
                .contains("d 755 0:0 p @1000", "f 640 0:0 p/f F @1");
    }

    @Test
    void inlineFileIsOursAndFollowsTheSameRules() throws IOException {
        var eof = new CopySource.Inline(ByteString.of("EOF"), ByteString.of("text"));
        var more = new CopySource.Inline(ByteString.of("MORE"), ByteString.of("more"));
        assertThat(describe(request("/x", "/", null, null, eof))).contains("f 644 0:0 x text @1000");
        assertThat(describe(request("/x/", "/", null, null, eof))).contains("f 644 0:0 x/EOF text @1000");
        assertThat(describe(request("/app", "/", new Owner(1, 2), ModeChange.parse("+x"), eof)))
                .contains("f 755 1:2 app/EOF text @1000");
        assertThat(describe(request("/x", "/", null, null, eof, more)))
                .contains("f 644 0:0 x/EOF text @1000", "f 644 0:0 x/MORE more @1000");
    }

    @Test
    void linkWhoseFirstNameIsAnotherFileNowStaysAFileOfItsOwn() throws IOException {
        var lower = TreeText.of("f 755 0:0 d/a A\nh d/b d/a\nh d/c d/a");
        LayerEntry replaced = lower.merged().find(ByteString.of("d/a"));
        var capability = new TreeMap<>(Map.of(ByteString.of("security.capability"), ByteString.of("x")));
        var upper = LayerIndex.of(List.of(replaced.withXattrs(capability)));
        var tree = new SourceTree("stage 'build'", lower.merged().with(upper), lower);
        var request = request("/n", "/", null, null, new CopySource.InTree(tree, ByteString.of("d")));
        assertThat(describe(request)).contains("f 755 0:0 n/a A", "f 755 0:0 n/b A", "h n/c n/b");
    }

    @Test
    void missingSourceIsNamed() {
        assertThatThrownBy(() -> copy("/x", "../foo")).hasMessage("'/foo' not found in stage 'build'");
        assertThatThrownBy(() -> copy("/x", "dirlink/foo"))
                .hasMessage("'/dirlink/foo' not found in stage 'build', it leads to '/dir/foo'");
        assertThatThrownBy(() -> copy("/x", "file/foo")).hasMessage("'/file/foo' not found in stage 'build'");
    }

    @Test
    void wholeTreeIsCopiedFromItsRoot() throws IOException {
        assertThat(onto("", "/", "/"))
                .contains("f 640 1:2 dir/a A @4", "h dir/b dir/a", "l dirlink dir")
                .doesNotContain("d 700 5:5 / @9");
    }

    @Test
    void rootOfNothingIsNotDescribed() throws IOException {
        assertThat(onto("", "/x", "file").getFirst()).doesNotEndWith(" /");
    }

    @Test
    void workingDirectoryIsMadeForTheUser() throws IOException {
        var below = TreeText.of(BELOW).merged();
        var created = Timestamp.ofSeconds(1000);
        var owner = new Owner(5, 6);
        assertThat(describe(CopyPlan.ofWorkingDirectory(ByteString.of("/lib/w/x"), owner, created, below)))
                .containsExactly(
                        "d 555 0:0 / @90",
                        "d 755 0:0 usr @93",
                        "d 751 0:8 usr/lib @94",
                        "d 755 5:6 usr/lib/w @1000",
                        "d 755 5:6 usr/lib/w/x @1000");
        assertThat(CopyPlan.ofWorkingDirectory(ByteString.of("/app"), owner, created, below)
                        .entries())
                .isEmpty();
        assertThat(CopyPlan.ofWorkingDirectory(ByteString.of("/"), owner, created, below)
                        .entries())
                .isEmpty();
        assertThatThrownBy(() -> CopyPlan.ofWorkingDirectory(ByteString.of("/plain/x"), owner, created, below))
                .hasMessage("cannot make directory /plain/x: /plain is not a directory");
    }

    @Test
    void accountFilesEnterTheIndex() throws IOException {
        var source = TreeText.of("f 644 0:0 passwd root:x:0:0\nf 644 0:0 group g");
        var request = request("/etc/", "/", null, null, new CopySource.InTree(source.source(), ByteString.of("*")));
        assertThat(CopyPlan.of(request, TreeText.of("").merged(), TreeText.SPACE)
                        .index()
                        .passwd())
                .isEqualTo(ByteString.of("root:x:0:0"));
    }

    @Test
    void hostileNamesPassThrough() throws IOException {
        var name = ByteString.ofBytes(new byte[] {(byte) 0xfe, '\n', '*', '\\'});
        var below = TreeText.of("").merged();
        var inline = new CopySource.Inline(name, ByteString.of("t"));
        var made = CopyPlan.of(request("/d/", "/", null, null, inline), below, TreeText.SPACE);
        LayerEntry file = made.entries().getLast();
        assertThat(file.path()).isEqualTo(ByteString.of("d/").concat(name));
        var again = new CopySource.InTree(
                new SourceTree("stage 'x'", below.with(made.index()), made), ByteString.of("d/?\n[*]\\\\"));
        assertThat(CopyPlan.of(request("/e/", "/", null, null, again), below, TreeText.SPACE)
                        .entries())
                .last()
                .satisfies(entry -> {
                    assertThat(entry.type()).isEqualTo(EntryType.FILE);
                    assertThat(entry.path()).isEqualTo(ByteString.of("e/").concat(name));
                });
    }

    private static List<String> copy(String destination, String... sources) throws IOException {
        return onto(BELOW, destination, sources);
    }

    private static List<String> onto(String below, String destination, String... sources) throws IOException {
        var list = new ArrayList<CopySource>();
        SourceTree tree = TreeText.of(SOURCE).source();
        for (String source : sources) {
            list.add(new CopySource.InTree(tree, ByteString.of(source)));
        }
        var request = request(destination, "/", null, null, list.toArray(CopySource[]::new));
        return describe(CopyPlan.of(request, TreeText.of(below).merged(), TreeText.SPACE));
    }

    private static CopySource source(String path) {
        return new CopySource.InTree(TreeText.of(SOURCE).source(), ByteString.of(path));
    }

    private static CopyRequest request(
            String destination,
            String workingDirectory,
            @Nullable Owner owner,
            @Nullable ModeChange mode,
            CopySource... sources) {
        return new CopyRequest(
                List.of(sources),
                ByteString.of(destination),
                ByteString.of(workingDirectory),
                new CopyRules(owner, mode, false, false, IgnorePatterns.NONE, null),
                Timestamp.ofSeconds(1000));
    }

    private static List<String> describe(CopyRequest request) throws IOException {
        return describe(CopyPlan.of(request, TreeText.of(BELOW).merged(), TreeText.SPACE));
    }

    private static List<String> describe(CopyPlan plan) throws IOException {
        assertThat(plan.index().entries()).isEqualTo(plan.entries());
        return TreeText.describe(plan);
    }
}
