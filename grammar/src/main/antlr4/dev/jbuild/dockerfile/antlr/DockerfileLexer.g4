/*
 * The tokens of a Dockerfile.
 *
 * The input has been joined already: a line that ends with the escape character continues in the next one,
 * and the lexer sees one line; comments inside such a line are gone, and so are the blanks at its end. Every line
 * ends with a line feed, also the last. Only the bodies of here-documents are seen as they stand in the file.
 *
 * Each kind of line has a mode of its own. A keyword chooses the mode of its arguments and puts the mode
 * FLAGS before it, which ends at the first blank that no flag follows.
 */
lexer grammar DockerfileLexer;

options {
    superClass = LineLexer;
}

tokens {
    NEWLINE,
    GAP,
    TEXT,
    FLAGS_END,
    NAME,
    HEREDOC,
    HEREDOC_END
}

// Words are separated by the blanks of ASCII; whatever Unicode calls a blank is cut off where arguments begin.
fragment B : [ \t\u000B\u000C\r] ;
fragment SPACE : [ \t\u000B\u000C\r\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000] ;

// ---------------------------------------------------------------------------------------------------------
// The start of a line: a directive, a comment, or a keyword.

BLANKS : SPACE+ -> skip ;
LINE_END : '\n' -> type(NEWLINE) ;

// Directives stand at the top only; below, the same text is a comment.
SYNTAX options { caseInsensitive = true; }
    : '#' SPACE* 'syntax' [\t\f\r ]* '=' {directiveAllowed()}? -> mode(DIRECTIVE)
    ;
CHECK options { caseInsensitive = true; }
    : '#' SPACE* 'check' [\t\f\r ]* '=' {directiveAllowed()}? -> mode(DIRECTIVE)
    ;
ESCAPE options { caseInsensitive = true; }
    : '#' SPACE* 'escape' [\t\f\r ]* '=' {directiveAllowed()}? -> mode(ESCAPE_DIRECTIVE)
    ;

COMMENT : '#' {atLineStart()}? -> mode(COMMENT_LINE) ;

FROM options { caseInsensitive = true; } : 'FROM' -> mode(WORDS), pushMode(FLAGS) ;
RUN options { caseInsensitive = true; } : 'RUN' -> mode(COMMAND), pushMode(FLAGS) ;
CMD options { caseInsensitive = true; } : 'CMD' -> mode(COMMAND), pushMode(FLAGS) ;
ENTRYPOINT options { caseInsensitive = true; } : 'ENTRYPOINT' -> mode(COMMAND), pushMode(FLAGS) ;
SHELL options { caseInsensitive = true; } : 'SHELL' -> mode(COMMAND), pushMode(FLAGS) ;
COPY options { caseInsensitive = true; } : 'COPY' -> mode(PATHS), pushMode(FLAGS) ;
ADD options { caseInsensitive = true; } : 'ADD' -> mode(PATHS), pushMode(FLAGS) ;
VOLUME options { caseInsensitive = true; } : 'VOLUME' -> mode(PATHS), pushMode(FLAGS) ;
EXPOSE options { caseInsensitive = true; } : 'EXPOSE' -> mode(WORDS), pushMode(FLAGS) ;
ENV options { caseInsensitive = true; } : 'ENV' -> mode(ASSIGNMENTS), pushMode(FLAGS) ;
LABEL options { caseInsensitive = true; } : 'LABEL' -> mode(ASSIGNMENTS), pushMode(FLAGS) ;
ARG options { caseInsensitive = true; } : 'ARG' -> mode(ASSIGNMENTS), pushMode(FLAGS) ;
WORKDIR options { caseInsensitive = true; } : 'WORKDIR' -> mode(LINE), pushMode(FLAGS) ;
USER options { caseInsensitive = true; } : 'USER' -> mode(LINE), pushMode(FLAGS) ;
STOPSIGNAL options { caseInsensitive = true; } : 'STOPSIGNAL' -> mode(LINE), pushMode(FLAGS) ;
MAINTAINER options { caseInsensitive = true; } : 'MAINTAINER' -> mode(LINE), pushMode(FLAGS) ;
HEALTHCHECK options { caseInsensitive = true; } : 'HEALTHCHECK' -> mode(HEALTH), pushMode(FLAGS) ;
// The keyword of the trigger follows, so the mode stays.
ONBUILD options { caseInsensitive = true; } : 'ONBUILD' -> pushMode(FLAGS) ;

UNKNOWN
    : (~[# \t\u000B\u000C\r\n\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000] | '#' {!atLineStart()}?)
        ~[ \t\u000B\u000C\r\n]* -> mode(LINE), pushMode(FLAGS)
    ;

// ---------------------------------------------------------------------------------------------------------
mode DIRECTIVE;

DIRECTIVE_VALUE : ~[\t\f\r \n] (~[\n]* ~[\t\f\r \n])? ;
DIRECTIVE_BLANKS : [\t\f\r ]+ -> skip ;
DIRECTIVE_END : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

mode ESCAPE_DIRECTIVE;

ESCAPE_VALUE : ~[\t\f\r \n] (~[\n]* ~[\t\f\r \n])? {chooseEscape();} -> type(DIRECTIVE_VALUE) ;
ESCAPE_BLANKS : [\t\f\r ]+ -> skip ;
ESCAPE_END : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

mode COMMENT_LINE;

COMMENT_TEXT : ~[\n]+ ;
COMMENT_END : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---------------------------------------------------------------------------------------------------------
// --name, --name=value. Quotes and escapes are taken off wherever they stand; here the escape is always a backslash.
mode FLAGS;

FLAG : (B+ | [\u0085\u00A0] B*) '--' FLAG_PART* FLAG_UNCLOSED? {endFlagsAtDashes();} ;
fragment FLAG_PART
    : ~[ \t\u000B\u000C\r\n\u0085\u00A0"'\\]
    | '\\' ~[\n\u0085\u00A0]
    | '"' (~["\\\n] | '\\' ~[\n])* '"'
    | '\'' (~['\\\n] | '\\' ~[\n])* '\''
    ;
// A quote that is not closed reaches to the end of the line, and an escape character may be the last on it.
fragment FLAG_UNCLOSED
    : '"' (~["\\\n] | '\\' ~[\n])* '\\'?
    | '\'' (~['\\\n] | '\\' ~[\n])* '\\'?
    | '\\'
    ;
FLAGS_GAP : SPACE+ {startArguments();} -> type(GAP) ;
FLAGS_NEWLINE : '\n' -> type(NEWLINE), popMode, mode(DEFAULT_MODE) ;

// A lone -- says that what follows is no flag.
mode NO_FLAGS;

NO_FLAGS_GAP : SPACE+ {startArguments();} -> type(GAP) ;
NO_FLAGS_NEWLINE : '\n' -> type(NEWLINE), popMode, mode(DEFAULT_MODE) ;

// ---------------------------------------------------------------------------------------------------------
// RUN, CMD, ENTRYPOINT, SHELL: an array in JSON takes the whole line (mode EXEC); anything else is opaque text.
mode COMMAND;

COMMAND_TEXT : ~[\n]+ -> type(TEXT) ;
COMMAND_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// HEALTHCHECK: what is checked, then its command.
mode HEALTH;

HEALTH_NONE options { caseInsensitive = true; } : 'NONE' {!atWideBlank()}? -> mode(COMMAND), pushMode(NO_FLAGS) ;
HEALTH_CMD options { caseInsensitive = true; } : 'CMD' {!atWideBlank()}? -> mode(COMMAND), pushMode(NO_FLAGS) ;
HEALTH_OTHER : ~[ \t\u000B\u000C\r\n\u0085\u00A0]+ -> mode(COMMAND), pushMode(HEALTH_TYPE_END) ;
HEALTH_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

mode HEALTH_TYPE_END;

HEALTH_GAP : (B+ | [\u0085\u00A0] B*) {startArguments();} -> type(GAP) ;
HEALTH_TYPE_NEWLINE : '\n' -> type(NEWLINE), popMode, mode(DEFAULT_MODE) ;

// COPY, ADD, VOLUME: an array again, or words between blanks, whatever quotes they hold. A word of COPY and ADD may
// be the opening of a here-document: 3<<-"EOF".
mode PATHS;

WORD : ~[ \t\u000B\u000C\r\n]+ {markHeredoc();} ;
PATHS_GAP : B+ -> type(GAP) ;
PATHS_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// An array of strings (https://www.rfc-editor.org/rfc/rfc8259#section-5).
mode EXEC;

LEFT_BRACKET : '[' ;
RIGHT_BRACKET : ']' ;
COMMA : ',' ;
STRING : '"' (~["\\\u0000-\u001F] | '\\' (["\\/bfnrt] | 'u' HEX HEX HEX HEX))* '"' ;
EXEC_BLANKS : [ \t\r]+ -> skip ;
EXEC_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;
fragment HEX : [0-9a-fA-F] ;

// An array in JSON that holds something else.
mode OTHER_ARRAY;

NOT_STRINGS : ~[\n]+ ;
OTHER_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---------------------------------------------------------------------------------------------------------
// FROM, EXPOSE: words between blanks.
mode WORDS;

PLAIN_WORD : ~[ \t\u000B\u000C\r\n]+ -> type(WORD) ;
WORDS_GAP : B+ -> type(GAP) ;
WORDS_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---------------------------------------------------------------------------------------------------------
// WORKDIR, USER, STOPSIGNAL, MAINTAINER: the rest of the line is one word.
mode LINE;

LINE_TEXT : ~[\n]+ -> type(TEXT) ;
LINE_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---------------------------------------------------------------------------------------------------------
// ENV, LABEL, ARG: words between blanks that are neither quoted nor escaped; name=value, or (NAME) without a =.
mode ASSIGNMENTS;

PAIR : (PART+ UNCLOSED? | UNCLOSED) {markName();} ;
ASSIGNMENTS_GAP : SPACE+ -> type(GAP) ;
ASSIGNMENTS_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

fragment PART
    : ~[ \t\u000B\u000C\r\n\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"'\\`]
    | ESCAPED
    | '"' (~["\\`\n] | ESCAPED)* '"'
    | '\'' ~['\n]* '\''
    ;
// A quote that is not closed reaches to the end of the line, and an escape character may be the last on it.
fragment UNCLOSED : '"' (~["\\`\n] | ESCAPED)* [\\`]? | '\'' ~['\n]* | [\\`] ;
fragment ESCAPED : [\\`] {escapes()}? ~[\n] | [\\`] {!escapes()}? ;

// ---------------------------------------------------------------------------------------------------------
// The lines of a here-document, as they stand in the file. The line that is the delimiter becomes HEREDOC_END,
// and after the last of them the next instruction follows.
mode HEREDOC_BODY;

HEREDOC_LINE : ~[\n]* '\n' | ~[\n]+ ;
