package dev.jbuild.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.DockerfileException;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.frontend.BaseImages;
import dev.jbuild.frontend.BuildDefinition;
import dev.jbuild.frontend.FreshStages;
import dev.jbuild.frontend.Frontend;
import dev.jbuild.frontend.FrontendOptions;
import dev.jbuild.frontend.HistoryLine;
import dev.jbuild.layer.LayerId;
import dev.jbuild.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Every token of a Dockerfile, changed alone, changes a key or the image's config, or is refused, or stands on the
/// list of what does not count.
class TokensTest {
    private static final Path DATA = Path.of(System.getProperty("jbuild.testdata"), "keys");
    private static final Platform PLATFORM = Platform.parse("linux/amd64");

    /// What a change did.
    private enum Effect {
        KEY,
        CONFIG,
        REFUSED,
        NOTHING
    }

    /// A build as the cache and the config see it.
    private record Plan(List<LayerId> layers, String config) {}

    /// A word, or a character that is part of none.
    private record Token(int line, int start, int end, String text) {
        String place() {
            return line + " " + text;
        }
    }

    @Test
    void everyTokenCountsOrIsListed() throws Exception {
        String file = Files.readString(DATA.resolve("Dockerfile"));
        Plan before = plan(file);
        List<String> listed = Files.readAllLines(DATA.resolve("does-not-count.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" {2,}")[0])
                .toList();

        var silent = new ArrayList<String>();
        int keys = 0;
        for (Token token : tokens(file)) {
            Effect effect = effect(before, changed(file, token));
            keys += effect == Effect.KEY ? 1 : 0;
            if (effect == Effect.NOTHING) {
                silent.add(token.place());
            }
        }
        assertThat(silent).isEqualTo(listed);
        assertThat(keys).isGreaterThan(60);
    }

    @Test
    void aStageMayBeRenamedEverywhere() throws Exception {
        String file = Files.readString(DATA.resolve("Dockerfile"));

        assertThat(plan(file.replaceAll("\\bbuild\\b", "other")).layers())
                .isEqualTo(plan(file).layers());
    }

    private static Effect effect(Plan before, String file) throws Exception {
        try {
            Plan after = plan(file);
            if (!after.layers.equals(before.layers)) {
                return Effect.KEY;
            }
            return after.config.equals(before.config) ? Effect.NOTHING : Effect.CONFIG;
        } catch (DockerfileException refused) {
            return Effect.REFUSED;
        }
    }

    private static Plan plan(String file) throws Exception {
        Dockerfile dockerfile = Dockerfile.parse(SourceFile.of("Dockerfile", file.getBytes(StandardCharsets.UTF_8)));
        var options = new FrontendOptions(null, Map.of(), Map.of(), PLATFORM, PLATFORM, FreshStages.NONE);
        BaseImages images = PlannedImage::new;
        BuildDefinition definition = Frontend.define(dockerfile, options, images);
        var history = new ArrayList<String>();
        for (HistoryLine line : definition.image().history()) {
            history.add(
                    switch (line) {
                        case HistoryLine.Made made -> made.createdBy();
                        case HistoryLine.Told told -> told.createdBy();
                        case HistoryLine.Inherited inherited -> inherited.toString();
                    });
        }
        return new Plan(
                PlannedKeys.layers(definition.root()), definition.image().container() + "\n" + history);
    }

    private static List<Token> tokens(String file) {
        var tokens = new ArrayList<Token>();
        int line = 1;
        int position = 0;
        while (position < file.length()) {
            int end = position + 1;
            char first = file.charAt(position);
            while (isWord(first) && end < file.length() && isWord(file.charAt(end))) {
                end++;
            }
            if (first == '\n') {
                line++;
            } else if (first != ' ') {
                tokens.add(new Token(line, position, end, file.substring(position, end)));
            }
            position = end;
        }
        return tokens;
    }

    /// {@return the file with a longer word, or without the character}
    private static String changed(String file, Token token) {
        boolean word = isWord(token.text.charAt(0));
        boolean number = word && Character.isDigit(token.text.charAt(token.text.length() - 1));
        String text = word ? token.text + (number ? "1" : "x") : "";
        return file.substring(0, token.start) + text + file.substring(token.end);
    }

    private static boolean isWord(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }
}
