package dev.jbuild.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.dockerfile.Word.Escaped;
import dev.jbuild.dockerfile.Word.Literal;
import dev.jbuild.dockerfile.Word.Part;
import dev.jbuild.dockerfile.Word.Quoted;
import dev.jbuild.dockerfile.Word.Substitution;
import dev.jbuild.dockerfile.Word.Variable;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordTest {
    private static List<Part> parts(String text) {
        return Word.parse(text, '\\').parts();
    }

    private static Substitution substitution(String text) {
        return ((Variable) parts(text).getFirst()).substitution();
    }

    @Test
    void textIsOneLiteral() {
        assertThat(parts("a/b:1~`\u00E4")).containsExactly(new Literal("a/b:1~`\u00E4"));
        assertThat(Word.parse("plain", '\\').literal()).isEqualTo("plain");
        assertThat(Word.parse("", '\\').literal()).isEmpty();
        assertThat(Word.parse("a$b", '\\').literal()).isNull();
    }

    @Test
    void escapeTakesTheMeaningOffOneCharacter() {
        assertThat(parts("a\\$b\\ c"))
                .containsExactly(
                        new Literal("a"),
                        new Escaped('\\', "$"),
                        new Literal("b"),
                        new Escaped('\\', " "),
                        new Literal("c"));
        assertThat(parts("a\\")).containsExactly(new Literal("a"), new Escaped('\\', ""));
        assertThat(Word.parse("a\\`$", '`').parts()).containsExactly(new Literal("a\\"), new Escaped('`', "$"));
    }

    @Test
    void doubleQuotesKnowThreeEscapes() {
        assertThat(parts("\"a\\n\\\"\\\\\\$\""))
                .containsExactly(new Quoted(
                        '"',
                        List.of(
                                new Literal("a"),
                                new Escaped('\\', "\\"),
                                new Literal("n"),
                                new Escaped('\\', "\""),
                                new Escaped('\\', "\\"),
                                new Escaped('\\', "$"))));
    }

    @Test
    void singleQuotesKnowNone() {
        assertThat(parts("'a\\$b'")).containsExactly(new Quoted('\'', List.of(new Literal("a\\$b"))));
        assertThat(parts("''")).containsExactly(new Quoted('\'', List.of()));
    }

    @Test
    void everyKindOfNameIsAVariable() {
        for (var name : List.of("a", "_a1", "12", "@", "*", "#", "?", "-", "$", "!")) {
            assertThat(parts("$" + name)).singleElement().isInstanceOfSatisfying(Variable.class, variable -> {
                assertThat(variable.name()).isEqualTo(name);
                assertThat(variable.braced()).isFalse();
            });
            assertThat(parts("${" + name + "}")).singleElement().isInstanceOfSatisfying(Variable.class, variable -> {
                assertThat(variable.name()).isEqualTo(name);
                assertThat(variable.braced()).isTrue();
            });
        }
        assertThat(parts("$(id)$")).containsExactly(new Literal("$(id)$"));
    }

    @Test
    void eachSubstitutionHasItsType() {
        assertThat(substitution("${v:-w}")).isInstanceOfSatisfying(Substitution.Default.class, it -> {
            assertThat(it.orEmpty()).isTrue();
            assertThat(it.word().text()).isEqualTo("w");
        });
        assertThat(substitution("${v-w}"))
                .isInstanceOfSatisfying(
                        Substitution.Default.class,
                        it -> assertThat(it.orEmpty()).isFalse());
        assertThat(substitution("${v:+w}")).isInstanceOf(Substitution.Alternative.class);
        assertThat(substitution("${v?}"))
                .isInstanceOfSatisfying(
                        Substitution.Required.class,
                        it -> assertThat(it.word().parts()).isEmpty());
        assertThat(substitution("${v##*/}")).isInstanceOfSatisfying(Substitution.RemovePrefix.class, it -> {
            assertThat(it.longest()).isTrue();
            assertThat(it.pattern().text()).isEqualTo("*/");
        });
        assertThat(substitution("${v%.*}"))
                .isInstanceOfSatisfying(
                        Substitution.RemoveSuffix.class,
                        it -> assertThat(it.longest()).isFalse());
        assertThat(substitution("${v//\\//$r}")).isInstanceOfSatisfying(Substitution.Replace.class, it -> {
            assertThat(it.all()).isTrue();
            assertThat(it.pattern().parts()).containsExactly(new Escaped('\\', "/"));
            assertThat(it.replacement().text()).isEqualTo("$r");
        });
    }

    @Test
    void operandIsAWordOfItsOwn() {
        var word = ((Substitution.Default) substitution("${v:-a \"${w:-}}\" '}' \\}}")).word();
        assertThat(word.text()).isEqualTo("a \"${w:-}}\" '}' \\}");
        assertThat(word.range()).isEqualTo(new SourceRange(1, 6, 1, 24));
    }

    @Test
    void placesCountCodePoints() {
        var variable = (Variable) parts("\uD83D\uDE00${a}").get(1);
        assertThat(variable.range()).isEqualTo(new SourceRange(1, 2, 1, 6));
    }

    @Test
    void whatIsNotClosedIsShownFromItsStart() {
        assertThatThrownBy(() -> Word.parse("a\"b${c:-'d", '\\'))
                .isInstanceOfSatisfying(
                        DockerfileException.class,
                        refused -> assertThat(refused.render()).isEqualTo("""
                                word:1:9: error: the quote ' is not closed [unclosed-quote]
                                   1 | a"b${c:-'d
                                     |         ^^
                                """));
    }
}
