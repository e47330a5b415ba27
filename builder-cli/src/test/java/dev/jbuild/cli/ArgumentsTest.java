package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.debug.View;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @ParameterizedTest
    @ValueSource(strings = {"--file x", "--file=x", "-f x", "-fx", "-f=x", "-qf x", "-qfx", "--file y --file x"})
    void everyWayToGiveAValue(String words) {
        assertThat(build(words.split(" ")).file()).isEqualTo("x");
    }

    @Test
    void optionsAndOperandsComeInAnyOrder() {
        var options = build("a", "-t", "one", "b", "--tag=two", "-q", "-", "--", "-t", "--");

        assertThat(options.contexts()).containsExactly("a", "b", "-", "-t", "--");
        assertThat(options.tags()).containsExactly("one", "two");
        assertThat(options.quiet()).isTrue();
        assertThat(options.noCache()).isFalse();
    }

    @Test
    void valuesAreTakenAsTheyAre() {
        assertThat(build("-t", "--quiet").tags()).containsExactly("--quiet");
        assertThat(build("-t", "build").tags()).containsExactly("build");
        assertThat(build("--tag=").tags()).containsExactly("");
        assertThat(build("--tag", "").tags()).containsExactly("");
        assertThat(build("--tag=a=b").tags()).containsExactly("a=b");
        assertThat(build("--tag=\"a, ${b}\"", "-t%s\\").tags()).containsExactly("\"a, ${b}\"", "%s\\");
        assertThat(build("@file").contexts()).containsExactly("@file");
    }

    @Test
    void onlyTheFirstWordNamesTheCommand() {
        assertThat(build("build", "a").contexts()).containsExactly("a");
        assertThat(build("build", "build").contexts()).containsExactly("build");
        assertThat(build("-q", "build").contexts()).containsExactly("build");
        assertThat(build().contexts()).isEmpty();
    }

    @Test
    void flagsCanBeSwitchedOff() {
        assertThat(build("--quiet=false").quiet()).isFalse();
        assertThat(build("-q=true").quiet()).isTrue();
        assertThat(build("-q", "-q").quiet()).isTrue();
        assertThat(build("-q", "false").contexts()).containsExactly("false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "build --help", "-q --help --file x ."})
    void helpIsAskedForInManyWays(String words) {
        assertThat(Arguments.parse(List.of(words.split(" "))))
                .isEqualTo(Arguments.parse(List.of("--help")))
                .isInstanceOf(Command.Help.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"debug --help", "help debug", "debug -h"})
    void everyCommandHasItsHelp(String words) {
        assertThat(Arguments.parse(List.of(words.split(" "))))
                .isInstanceOfSatisfying(
                        Command.Help.class,
                        help -> assertThat(help.text()).contains("jbuild debug VIEW", "ast", "words"));
    }

    @Test
    void viewsAreNamedByTheSecondWord() {
        assertThat(view("debug ast x")).isEqualTo(new View.Ast(Path.of("x"), View.Format.DUMP));
        assertThat(view("debug ast --format=json -")).isEqualTo(new View.Ast(Path.of("/dev/stdin"), View.Format.JSON));
        assertThat(view("debug ast --cases x")).isEqualTo(new View.AstCases(Path.of("x")));
        assertThat(view("debug words --cases x")).isEqualTo(new View.WordCases(Path.of("x")));
        assertThat(view("debug ignore --cases x")).isEqualTo(new View.IgnoreCases(Path.of("x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "build --version", "-q --version ."})
    void versionIsAskedForInManyWays(String words) {
        assertThat(Arguments.parse(List.of(words.split(" ")))).isEqualTo(new Command.Version());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --file         | option '--file' needs a value                                     |
            -qf            | option '--file' needs a value                                     |
            --quiet=maybe  | invalid value for option '--quiet': 'maybe' is not a boolean      |
            --fiel x       | unknown option '--fiel'                                           | did you mean --file?
            --no-cach      | unknown option '--no-cach'                                        | did you mean --no-cache or --no-cache-filter?
            --build A=1    | unknown option '--build'                                          | did you mean --build-arg or --build-context?
            --xyz=1        | unknown option '--xyz'                                            | jbuild --help lists the options
            -x             | unknown option '-x'                                               | jbuild --help lists the options
            -qx=1          | unknown option '-x'                                               | jbuild --help lists the options
            --push         | option '--push' is not supported yet                              |
            --secret id=x  | option '--secret' is not supported yet                            |
            --memory=4g    | option '--memory' is not supported yet                            |
            -m4g           | option '-m' is not supported yet                                  |
            -qm 4g         | option '-m' is not supported yet                                  |
            debug          | debug needs a view                                                | jbuild debug --help lists them
            debug as       | debug does not know 'as'                                          | jbuild debug --help tells what it knows
            debug plam     | debug does not know 'plam'                                        | jbuild debug --help tells what it knows
            debug words    | this view needs --cases FILE                                      |
            debug ast      | debug ast shows one file, got 0                                   | jbuild debug ast Dockerfile
            debug --push   | unknown option '--push'                                           | jbuild debug --help lists the options
            debug ast a --format x | --format has no 'x'                                       | formats are dump and json
            """)
    void mistakesAreNamed(String words, String message, String hint) {
        assertThatThrownBy(() -> Arguments.parse(List.of(words.split(" "))))
                .isInstanceOfSatisfying(UsageException.class, mistake -> {
                    assertThat(mistake).hasMessage(message);
                    assertThat(mistake.hint()).isEqualTo(hint);
                });
    }

    private static View view(String words) {
        return ((Command.Debug) Arguments.parse(List.of(words.split(" ")))).view();
    }

    private static BuildOptions build(String... words) {
        return ((Command.Build) Arguments.parse(List.of(words))).options();
    }
}
