package dev.jbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.build.Output;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputOptionTest {
    @Test
    void timesMayBeRewritten() {
        var output = new Output.Oci(Path.of("a"), true, true);
        assertThat(OutputOption.parse("type=oci,dest=a,rewrite-timestamp=true")).isEqualTo(output);
        assertThat(OutputOption.parse("type=oci,dest=a,rewrite-timestamp=0"))
                .isEqualTo(new Output.Oci(Path.of("a"), true, false));
        assertThat(OutputOption.parse("type=tar,dest=a,rewrite-timestamp=true"))
                .isEqualTo(new Output.Tar(Path.of("a")));
    }

    @Test
    void everyTypeIsUnderstood() {
        assertThat(OutputOption.parse("out")).isEqualTo(new Output.Local(Path.of("out")));
        assertThat(OutputOption.parse("type=local,dest=out")).isEqualTo(new Output.Local(Path.of("out")));
        assertThat(OutputOption.parse("type=tar,dest=out.tar")).isEqualTo(new Output.Tar(Path.of("out.tar")));
        assertThat(OutputOption.parse("type=oci,dest=out.tar"))
                .isEqualTo(new Output.Oci(Path.of("out.tar"), true, false));
        assertThat(OutputOption.parse("dest=out,type=oci,tar=false"))
                .isEqualTo(new Output.Oci(Path.of("out"), false, false));
    }

    @Test
    void aFieldInQuotesMayHoldACommaOrAQuote() {
        assertThat(OutputOption.parse("type=local,\"dest=a,b\"\"c\"")).isEqualTo(new Output.Local(Path.of("a,b\"c")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            type=oci              | --output 'type=oci' does not say where to
            type=oci,dest=        | --output 'type=oci,dest=' does not say where to
            a,b                   | --output takes fields key=value, got 'a' in 'a,b'
            dest=x,tar=true       | --output 'dest=x,tar=true' has no type
            type=zip,dest=x       | --output 'type=zip,dest=x' has the unknown type 'zip'
            type=tar,dest=x,tar=1 | --output 'type=tar,dest=x,tar=1': tar belongs to type=oci
            type=oci,dest=x,tar=2 | --output: tar is true or false, got '2'
            type=local,"dest=x    | --output 'type=local,"dest=x' has a quote that does not end
            type=registry         | --output type=registry: this type of output is not supported yet
            type=oci,dest=x,compression=zstd | --output oci with compression=: this field is not supported yet
            type=tar,dest=-       | --output 'type=tar,dest=-': writing a result to standard output is not supported yet
            -                     | -o -: writing a result to standard output is not supported yet
            """)
    void mistakesAreNamed(String text, String message) {
        assertThatThrownBy(() -> OutputOption.parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @Test
    void aFileIsNotWrittenOverADirectory(@TempDir Path directory) {
        assertThatThrownBy(() -> OutputOption.parse("type=oci,dest=" + directory))
                .hasMessage("--output: '" + directory + "' is a directory, the result is a file");
        assertThat(OutputOption.parse("type=oci,tar=false,dest=" + directory))
                .isEqualTo(new Output.Oci(directory, false, false));
    }
}
