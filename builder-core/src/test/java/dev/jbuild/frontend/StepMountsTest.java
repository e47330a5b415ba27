package dev.jbuild.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.graph.Mount;
import dev.jbuild.graph.Mount.FileAccess;
import dev.jbuild.graph.Mount.Sharing;
import dev.jbuild.graph.Mount.Tree;
import dev.jbuild.graph.Operation;
import dev.jbuild.oci.Platform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepMountsTest {
    private static final Tree CONTEXT = new Tree.OfContext("");
    private static final Tree NOTHING = new Tree.Empty();
    private static final FileAccess ROOT_DIRECTORY = new FileAccess(0755, 0, 0);

    @Test
    void bindIsTheDefaultAndReadsTheContext() throws Exception {
        assertThat(mounts("--mount=target=.")).containsExactly(new Mount.Bind(CONTEXT, "/", "/w", false));
        assertThat(mounts("--mount=dst=x,src=../a/./b,rw"))
                .containsExactly(new Mount.Bind(CONTEXT, "/a/b", "/w/x", true));
        assertThat(mounts("--mount=type=bind,target=/x,readonly=false,rw=0"))
                .containsExactly(new Mount.Bind(CONTEXT, "/", "/x", false));
    }

    @Test
    void cacheIsCalledByItsTargetUnlessItHasAnId() throws Exception {
        assertThat(mounts("--mount=type=cache,target=/root/../c/"))
                .containsExactly(new Mount.Cache("/c", NOTHING, "/", "/c", Sharing.SHARED, false, ROOT_DIRECTORY));
        assertThat(mounts("--mount=type=cache,id=$V,target=c,sharing=LOCKED,ro,mode=0700,uid=4294967295,gid=3"))
                .containsExactly(new Mount.Cache(
                        "value", NOTHING, "/", "/w/c", Sharing.LOCKED, true, new FileAccess(0700, -1, 3)));
    }

    @Test
    void valuesAreExpandedEvenTheType() throws Exception {
        assertThat(mounts("--mount=type=$T,target=/$V,size=1.5k")).containsExactly(new Mount.Tmpfs("/value", 1536L));
    }

    @Test
    void secretIsAFileUnlessItIsAVariableOnly() throws Exception {
        var readable = new FileAccess(0400, 0, 0);
        assertThat(mounts("--mount=type=secret,id=a/token"))
                .containsExactly(new Mount.Secret("a/token", "/run/secrets/token", null, false, readable));
        assertThat(mounts("--mount=type=secret,target=/etc/key,required"))
                .containsExactly(new Mount.Secret("key", "/etc/key", null, true, readable));
        assertThat(mounts("--mount=type=secret,id=t,env=TOKEN"))
                .containsExactly(new Mount.Secret("t", null, "TOKEN", false, readable));
    }

    @Test
    void agentsGetSocketsOfTheirOwn() throws Exception {
        var own = new FileAccess(0600, 0, 0);
        assertThat(mounts("--mount=type=ssh --mount=type=ssh,id=git"))
                .containsExactly(
                        new Mount.Ssh("default", "/run/buildkit/ssh_agent.0", false, own),
                        new Mount.Ssh("git", "/run/buildkit/ssh_agent.1", false, own));
    }

    @Test
    void whatHoldsAnotherComesFirst() throws Exception {
        assertThat(mounts("--mount=target=/a/b --mount=target=/a-b --mount=target=/a"))
                .extracting(Mount::target)
                .containsExactly("/a", "/a/b", "/a-b");
    }

    @Test
    void fromIsAStageThenAnImage() throws Exception {
        var stage = (Mount.Bind) mounts("--mount=from=tools,target=/t").getFirst();
        assertThat(((Tree.OfVertex) stage.from()).vertex().label().name()).isEqualTo("[tools 2/2] RUN tool");
        var image = (Mount.Bind) mounts("--mount=from=0,target=/t").getFirst();
        assertThat(((Tree.OfVertex) image.from()).vertex().operation()).isInstanceOf(Operation.Image.class);
        assertThat(mounts("--mount=from=scratch,target=/t")).containsExactly(new Mount.Bind(NOTHING, "/", "/t", false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            type=tmp,target=/x           | unsupported mount type "tmp"                                | did you mean tmpfs?
            type=volume,target=/x        | unsupported mount type "volume"                             | one of bind, cache, tmpfs, secret, ssh
            type=cache,target=/x,sharing=lock | unsupported sharing value "lock"                        | did you mean locked?
            tagret=/x                    | unexpected key 'tagret' in 'tagret=/x'                      | did you mean target?
            target=/x,required           | unexpected key 'required' for mount type 'bind'             | write type= first
            target=/x,size=1m            | unexpected key 'size' for mount type 'bind'                 | write type= first
            type=cache,target=/x,size=1m | unexpected key 'size' for mount type 'cache'                |
            target                       | invalid field 'target' must be a key=value pair             | target=<value>
            target=/x,mode=0700          | mode not allowed for "bind" type mounts                     |
            type=tmpfs,target=/x,uid=1   | uid not allowed for "tmpfs" type mounts                     |
            type=secret,id=a,from=b      | secret mount should not have a from                         |
            type=secret,id=a,src=b       | both source and id can't be set                             |
            type=secret                  | invalid secret mount. one of source, target required        |
            target=/x,sharing=shared     | invalid cache sharing set for bind mount                    |
            target=/                     | invalid mount target "/"                                    | target=<path> says where
            target=/x,ro=yes             | invalid value for ro: yes                                   | true or false
            type=cache,target=/x,mode=9  | invalid value 9 for mode                                    | for example 0755
            type=tmpfs,target=/x,size=1x | invalid value for size: 1x                                  | for example size=64m
            from=later,target=/x         | cannot mount from stage 'later', it needs to be defined before the current stage | move the stage 'later' up
            """)
    void whatMakesNoSenseIsRefused(String options, String message, String help) {
        assertThatThrownBy(() -> mounts("--mount=" + options))
                .isInstanceOfSatisfying(
                        DockerfileException.class,
                        problem -> assertThat(problem.diagnostics())
                                .singleElement()
                                .satisfies(diagnostic -> {
                                    assertThat(diagnostic.message()).isEqualTo(message);
                                    assertThat(diagnostic.help()).isEqualTo(help);
                                    assertThat(diagnostic.range().startLine()).isEqualTo(7);
                                }));
    }

    private static List<Mount> mounts(String flags) throws Exception {
        var text = """
                FROM base AS tools
                RUN tool
                FROM base AS main
                WORKDIR /w
                ARG T=tmpfs
                ENV V=value
                RUN %s make
                FROM base AS later
                """.formatted(flags);
        var platform = Platform.of("linux", "amd64");
        var options = new FrontendOptions("main", Map.of(), Map.of(), platform, platform, FreshStages.NONE);
        var dockerfile = Dockerfile.parse(new SourceFile("Dockerfile", text));
        var root = Frontend.define(dockerfile, options, new FakeImages()).root();
        return ((Operation.Run) root.operation()).mounts();
    }
}
