package dev.jbuild.debug;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseFileTest {
    @TempDir
    private Path directory;

    @Test
    void functionsThatThereAreNotAreRefused() throws IOException {
        var cases = Files.writeString(directory.resolve("cases"), "{\"env\":[]}\n{\"word\":\"a\",\"fn\":\"Split\"}\n");

        assertThatThrownBy(() -> DebugCommand.show(new View.WordCases(cases), terminal()))
                .isInstanceOf(MalformedCaseException.class)
                .hasMessage(cases + ":2: fn has no 'Split', functions are ProcessWord and ProcessWords");
    }

    @Test
    void tablesThatThereAreNotAreRefused() throws IOException {
        var cases = Files.writeString(
                directory.resolve("cases"), "{\"table\":\"match\",\"patterns\":[\"a\"],\"path\":\"a\"}\n");

        assertThatThrownBy(() -> DebugCommand.show(new View.IgnoreCases(cases), terminal()))
                .isInstanceOf(MalformedCaseException.class)
                .hasMessage(cases + ":1: table has no 'match',"
                        + " tables are matches, matches-multi, own, filepath-match and readall");
    }

    @Test
    void casesWithoutAWordAreRefused() throws IOException {
        var cases = Files.writeString(directory.resolve("cases"), "{}\n");

        assertThatThrownBy(() -> DebugCommand.show(new View.WordCases(cases), terminal()))
                .hasMessage(cases + ":1: the case has no string 'word'");
    }

    private static Terminal terminal() {
        return new Terminal(new ByteArrayOutputStream(), new ByteArrayOutputStream(), false, false);
    }
}
