package dev.jbuild.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CheckOptionsTest {
    private static final Rule USUAL = Rule.STAGE_NAME_CASING;
    private static final Rule EXPERIMENTAL = Rule.INVALID_DEFINITION_DESCRIPTION;

    @Test
    void nothingWrittenMeansTheUsualRules() {
        var options = CheckOptions.parse("");
        assertThat(options).isEqualTo(CheckOptions.DEFAULT);
        assertThat(options.allows(USUAL)).isTrue();
        assertThat(options.allows(EXPERIMENTAL)).isFalse();
    }

    @Test
    void partsComeInAnyOrderWithBlanks() {
        var options = CheckOptions.parse(" error = true ; skip = StageNameCasing , FromAsCasing ");
        assertThat(options.error()).isTrue();
        assertThat(options.allows(USUAL)).isFalse();
        assertThat(options.allows(Rule.FROM_AS_CASING)).isFalse();
        assertThat(options.allows(Rule.UNDEFINED_VAR)).isTrue();
    }

    @Test
    void skipAllLeavesExperimentalRulesThatAreAskedFor() {
        var options = CheckOptions.parse("skip=all;experimental=InvalidDefinitionDescription");
        assertThat(options.allows(USUAL)).isFalse();
        assertThat(options.allows(EXPERIMENTAL)).isTrue();
    }

    @Test
    void experimentalRulesAreAskedForTogetherOrByName() {
        assertThat(CheckOptions.DEFAULT.allows(EXPERIMENTAL)).isFalse();
        assertThat(CheckOptions.parse("experimental=all").allows(EXPERIMENTAL)).isTrue();
        assertThat(CheckOptions.parse("experimental=InvalidDefinitionDescription")
                        .allows(EXPERIMENTAL))
                .isTrue();
        assertThat(CheckOptions.parse("experimental=Another").allows(EXPERIMENTAL))
                .isFalse();
    }

    @Test
    void namesAreCaseSensitiveAndUnknownOnesAreKept() {
        var options = CheckOptions.parse("skip=stagenamecasing,NoSuchRule");
        assertThat(options.allows(USUAL)).isTrue();
        assertThat(options.skipped()).containsExactlyInAnyOrder("stagenamecasing", "NoSuchRule");
    }

    @Test
    void otherKeysAndValuesAreRefused() {
        assertThatThrownBy(() -> CheckOptions.parse("ignore=all")).hasMessage("invalid check option \"ignore\"");
        assertThatThrownBy(() -> CheckOptions.parse("skip")).hasMessage("invalid check option \"skip\"");
        assertThatThrownBy(() -> CheckOptions.parse("error=maybe"))
                .hasMessage("invalid value \"maybe\" of the check option \"error\"");
    }

    @Test
    void commentAddsToTheOptionsAndMayGiveAReason() {
        var merged = CheckOptions.parse("skip=FromAsCasing")
                .mergedWith(List.of("anything", "check=skip=StageNameCasing // its name is a brand"));
        assertThat(merged.allows(USUAL)).isFalse();
        assertThat(merged.allows(Rule.FROM_AS_CASING)).isFalse();
    }

    @Test
    void commentThatOnlyLooksLikeOptionsChangesNothing() {
        assertThat(CheckOptions.DEFAULT.mergedWith(List.of("check=the size", "check=", "check it")))
                .isEqualTo(CheckOptions.DEFAULT);
    }
}
