package dev.jbuild.dockerfile.antlr;

/// What a flag is when its quotes and escapes are taken off, wherever in it they stand.
public final class FlagText {
    private FlagText() {}

    /// Returns the flag itself.
    ///
    /// @param written a flag from its dashes on
    public static MappedText unquoted(MappedText written) {
        var out = new MappedText(written.size());
        var quote = 0;
        for (var i = 0; i < written.size(); i++) {
            var character = written.character(i);
            if (character == '\\') {
                // The last character on a line escapes nothing and is dropped.
                if (++i < written.size()) {
                    out.append(written.character(i), written.offset(i));
                }
            } else if (character == quote) {
                quote = 0;
            } else if (quote == 0 && (character == '"' || character == '\'')) {
                quote = character;
            } else {
                out.append(character, written.offset(i));
            }
        }
        return out;
    }
}
