package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedArgumentsTest {
    private static final List<Option> OPTIONS = List.of(
            Option.value("--file", 'f'),
            Option.values("--tag", 't'),
            Option.flag("--quiet", 'q'),
            Option.flag("--no-cache", null));

    @ParameterizedTest
    @ValueSource(strings = {"--file x", "--file=x", "-f x", "-fx", "-f=x", "-qf x", "-qfx", "--file y --file x"})
    void everyWayToGiveAValue(String arguments) {
        assertThat(parse(arguments.split(" ")).value("--file")).isEqualTo("x");
    }

    @Test
    void optionsAndOperandsComeInAnyOrder() {
        var parsed = parse("a", "-t", "one", "b", "--tag=two", "-q", "-", "--", "-t", "--");

        assertThat(parsed.operands()).containsExactly("a", "b", "-", "-t", "--");
        assertThat(parsed.values("--tag")).containsExactly("one", "two");
        assertThat(parsed.flag("--quiet")).isTrue();
        assertThat(parsed.flag("--no-cache")).isFalse();
    }

    @Test
    void aValueMayLookLikeAnOption() {
        assertThat(parse("-t", "--quiet").values("--tag")).containsExactly("--quiet");
        assertThat(parse("--tag=").values("--tag")).containsExactly("");
        assertThat(parse("--tag=a=b").values("--tag")).containsExactly("a=b");
    }

    @Test
    void flagsCanBeSwitchedOff() {
        assertThat(parse("--quiet=false").flag("--quiet")).isFalse();
        assertThat(parse("-q=true").flag("--quiet")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --file         | option '--file' needs a value                                     |
            -qf            | option '-f' needs a value                                         |
            --quiet=maybe  | option '--quiet' takes no value but true or false, got 'maybe'    |
            --fiel x       | unknown option '--fiel'                                           | did you mean --file?
            --no-cach      | unknown option '--no-cach'                                        | did you mean --no-cache?
            --nonsense=1   | unknown option '--nonsense'                                       | jbuild --help lists the options
            -x             | unknown option '-x'                                               | jbuild --help lists the options
            --push         | option '--push' is not supported yet                              |
            --secret id=x  | option '--secret' is not supported yet                            |
            """)
    void mistakesAreNamed(String arguments, String message, String hint) {
        assertThatThrownBy(() -> parse(arguments.split(" "))).isInstanceOfSatisfying(UsageException.class, mistake -> {
            assertThat(mistake).hasMessage(message);
            assertThat(mistake.hint()).isEqualTo(hint);
        });
    }

    private static ParsedArguments parse(String... arguments) {
        return ParsedArguments.parse(OPTIONS, Set.of("--push", "--secret"), List.of(arguments));
    }
}
