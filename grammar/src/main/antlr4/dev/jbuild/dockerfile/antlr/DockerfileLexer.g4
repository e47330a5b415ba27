/*
 * The tokens of a Dockerfile.
 *
 * The input has been joined already: a line that ends with the escape character continues in the next one,
 * and the lexer sees one line; comments inside such a line are gone. Every line ends with a line feed, also
 * the last. Only the bodies of here-documents are seen as they stand in the file.
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
    WORD,
    SPECIAL,
    HEREDOC_END
}

// ---------------------------------------------------------------------------------------------------------
// The start of a line: a directive, a comment, or a keyword.

fragment B : [ \t\u000B\u000C\r] ;

BLANKS : B+ -> skip ;
BLANK_LINE_END : '\n' -> type(NEWLINE) ;

SHEBANG : '#!' {atFileStart()}? ~[\n]* ;

// Directives stand at the top only; below, the same text is a comment.
SYNTAX options { caseInsensitive = true; } : '#' B* 'syntax' B* '=' {directiveAllowed()}? -> mode(DIRECTIVE) ;
CHECK options { caseInsensitive = true; } : '#' B* 'check' B* '=' {directiveAllowed()}? -> mode(DIRECTIVE) ;
ESCAPE options { caseInsensitive = true; }
    : '#' B* 'escape' B* '=' {escapeAllowed()}? -> mode(ESCAPE_DIRECTIVE)
    ;

COMMENT_START : '#' {atLineStart()}? -> mode(COMMENT) ;

FROM options { caseInsensitive = true; } : 'FROM' -> mode(WORDS), pushMode(FLAGS) ;
RUN options { caseInsensitive = true; } : 'RUN' -> mode(COMMAND), pushMode(FLAGS) ;
CMD options { caseInsensitive = true; } : 'CMD' -> mode(COMMAND), pushMode(FLAGS) ;
ENTRYPOINT options { caseInsensitive = true; } : 'ENTRYPOINT' -> mode(COMMAND), pushMode(FLAGS) ;
SHELL options { caseInsensitive = true; } : 'SHELL' -> mode(COMMAND), pushMode(FLAGS) ;
COPY options { caseInsensitive = true; } : 'COPY' -> mode(COMMAND), pushMode(FLAGS) ;
ADD options { caseInsensitive = true; } : 'ADD' -> mode(COMMAND), pushMode(FLAGS) ;
VOLUME options { caseInsensitive = true; } : 'VOLUME' -> mode(COMMAND), pushMode(FLAGS) ;
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
    : (~[# \t\u000B\u000C\r\n] | '#' {!atLineStart()}?) ~[ \t\u000B\u000C\r\n]* -> mode(LINE), pushMode(FLAGS)
    ;

// ---------------------------------------------------------------------------------------------------------
mode DIRECTIVE;

DIRECTIVE_VALUE : ~[ \t\u000B\u000C\r\n] (~[\n]* ~[ \t\u000B\u000C\r\n])? ;
DIRECTIVE_BLANKS : B+ -> skip ;
DIRECTIVE_END : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

mode ESCAPE_DIRECTIVE;

ESCAPE_VALUE : ~[ \t\u000B\u000C\r\n] (~[\n]* ~[ \t\u000B\u000C\r\n])? {chooseEscape();} -> type(DIRECTIVE_VALUE) ;
ESCAPE_BLANKS : B+ -> skip ;
ESCAPE_END : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

mode COMMENT;

COMMENT_TEXT : ~[ \t\u000B\u000C\r\n] (~[\n]* ~[ \t\u000B\u000C\r\n])? ;
COMMENT_BLANKS : B+ -> skip ;
COMMENT_END : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---------------------------------------------------------------------------------------------------------
// --name, --name=value, --name=key=value,key=value. The value may hold quotes and escapes; here the escape is
// always a backslash.
mode FLAGS;

FLAG : B+ '--' ~[ \t\u000B\u000C\r\n=]+ ;
// A lone -- says that what follows is no flag.
FLAGS_END : B+ '--' -> popMode ;
FLAG_ASSIGN : '=' ;
FLAG_COMMA : ',' ;
FLAG_TEXT : ~[ \t\u000B\u000C\r\n=,"'\\]+ ;
FLAG_ESCAPED : '\\' ~[\n]? ;
FLAG_QUOTE : '"' -> pushMode(FLAG_DOUBLE_QUOTED) ;
FLAG_SINGLE_QUOTE : '\'' -> type(FLAG_QUOTE), pushMode(FLAG_SINGLE_QUOTED) ;
FLAGS_GAP : B+ -> type(GAP), popMode ;
FLAGS_NEWLINE : B* '\n' -> type(NEWLINE), popMode, mode(DEFAULT_MODE) ;

mode FLAG_DOUBLE_QUOTED;

FLAG_DOUBLE_TEXT : ~["\\\n=,]+ -> type(FLAG_TEXT) ;
FLAG_DOUBLE_ASSIGN : '=' -> type(FLAG_ASSIGN) ;
FLAG_DOUBLE_COMMA : ',' -> type(FLAG_COMMA) ;
FLAG_DOUBLE_ESCAPED : '\\' ~[\n]? -> type(FLAG_ESCAPED) ;
FLAG_DOUBLE_END : '"' -> type(FLAG_QUOTE), popMode ;
FLAG_DOUBLE_NEWLINE : '\n' -> type(NEWLINE), popMode, popMode, mode(DEFAULT_MODE) ;

mode FLAG_SINGLE_QUOTED;

FLAG_SINGLE_TEXT : ~['\\\n=,]+ -> type(FLAG_TEXT) ;
FLAG_SINGLE_ASSIGN : '=' -> type(FLAG_ASSIGN) ;
FLAG_SINGLE_COMMA : ',' -> type(FLAG_COMMA) ;
FLAG_SINGLE_ESCAPED : '\\' ~[\n]? -> type(FLAG_ESCAPED) ;
FLAG_SINGLE_END : '\'' -> type(FLAG_QUOTE), popMode ;
FLAG_SINGLE_NEWLINE : '\n' -> type(NEWLINE), popMode, popMode, mode(DEFAULT_MODE) ;

// ---------------------------------------------------------------------------------------------------------
// RUN, CMD, ENTRYPOINT, SHELL, COPY, ADD, VOLUME: a JSON array, or else text that is nearly opaque.
mode COMMAND;

LEFT_BRACKET : '[' {nest();} ;
RIGHT_BRACKET : ']' {unnest();} ;
LEFT_BRACE : '{' {nest();} ;
RIGHT_BRACE : '}' {unnest();} ;
COMMA : ',' ;
COLON : ':' ;
STRING : '"' (~["\\\u0000-\u001F] | '\\' (["\\/bfnrt] | 'u' HEX HEX HEX HEX))* '"' ;
SCALAR : 'true' | 'false' | 'null' | '-'? ('0' | [1-9] [0-9]*) ('.' [0-9]+)? ([eE] [+\-]? [0-9]+)? ;
fragment HEX : [0-9a-fA-F] ;

// The opening word of a here-document: 3<<-"EOF". It stands at the start of a word and holds no other <. Behind a
// blank the delimiter is a name or quoted, because << is also an operator: $((1 << n)).
HEREDOC : HEREDOC_START ('-' DELIMITER+ | DELIMITER_START DELIMITER* | '-'? B+ (DELIMITER_NAME | CLOSED_QUOTES)) ;
NO_HEREDOC
    : ([0-9]* '<<' ~[ \t\u000B\u000C\r\n]* '<' | '<<' '-'? B+ ~[ \t\u000B\u000C\r\n"'$`\\])
        ~[ \t\u000B\u000C\r\n]* -> type(SPECIAL)
    ;
fragment HEREDOC_START : [0-9]* '<<' {heredocAllowed()}? ;
fragment DELIMITER_NAME : [A-Za-z_] [A-Za-z0-9_.\-]* ;
fragment DELIMITER : '-' | DELIMITER_START ;
fragment DELIMITER_START : ~[ \t\u000B\u000C\r\n\-<"'\\] | '\\' ~[\n] | CLOSED_QUOTES ;
fragment CLOSED_QUOTES : '"' (~["\\\n] | '\\' ~[\n])* '"' | '\'' ~['\n]* '\'' ;

// Quotes that are not closed reach to the end of the line.
QUOTED : '"' (~["\\\n] | '\\' ~[\n])* ('"' | '\\')? | '\'' ~['\n]* '\''? ;
COMMAND_WORD : ~[ \t\u000B\u000C\r\n"'\\$`,:{}[\]<]+ -> type(WORD) ;
COMMAND_ESCAPED : '\\' ~[ \t\u000B\u000C\r\n]? -> type(SPECIAL) ;
COMMAND_SPECIAL : [$`<] -> type(SPECIAL) ;
COMMAND_GAP : B+ -> type(GAP) ;
COMMAND_NEWLINE : B* '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// HEALTHCHECK: what is checked, then its command.
mode HEALTH;

HEALTH_NONE options { caseInsensitive = true; } : 'NONE' -> mode(COMMAND) ;
HEALTH_CMD options { caseInsensitive = true; } : 'CMD' -> mode(COMMAND) ;
HEALTH_OTHER : ~[ \t\u000B\u000C\r\n]+ -> mode(COMMAND) ;
HEALTH_GAP : B+ -> type(GAP) ;
HEALTH_NEWLINE : B* '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---------------------------------------------------------------------------------------------------------
// FROM, EXPOSE: words between blanks, whatever quotes they hold.
mode WORDS;

PLAIN_WORD : ~[ \t\u000B\u000C\r\n"'\\$`]+ -> type(WORD) ;
SPECIAL_WORD : ~[ \t\u000B\u000C\r\n]+ -> type(SPECIAL) ;
WORDS_GAP : B+ -> type(GAP) ;
WORDS_NEWLINE : B* '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---------------------------------------------------------------------------------------------------------
// WORKDIR, USER, STOPSIGNAL, MAINTAINER: the rest of the line is one word.
mode LINE;

LINE_TEXT : ~[ \t\u000B\u000C\r\n] (~[\n]* ~[ \t\u000B\u000C\r\n])? ;
LINE_GAP : B+ -> type(GAP) ;
LINE_NEWLINE : B* '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---------------------------------------------------------------------------------------------------------
// ENV, LABEL, ARG: name=value between blanks that are neither quoted nor escaped.
mode ASSIGNMENTS;

NAME : NAME_PART+ UNCLOSED_PART? | UNCLOSED_PART ;
fragment NAME_PART : ~[ \t\u000B\u000C\r\n="'\\`] | QUOTED_PART ;
ASSIGN : '=' -> mode(VALUES) ;
ASSIGNMENTS_GAP : B+ -> type(GAP) ;
ASSIGNMENTS_NEWLINE : B* '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

fragment QUOTED_PART : ESCAPED_PART | '"' (~["\\`\n] | ESCAPED_PART)* '"' | '\'' ~['\n]* '\'' ;
// A quote that is not closed reaches to the end of the line, and an escape character may be the last on it.
fragment UNCLOSED_PART
    : '"' (~["\\`\n] | ESCAPED_PART)* [\\`]?
    | '\'' ~['\n]*
    | [\\`]
    ;
fragment ESCAPED_PART : [\\`] {escapes()}? ~[\n] | [\\`] {!escapes()}? ;

mode VALUES;

VALUE : VALUE_PART+ UNCLOSED_PART? | UNCLOSED_PART ;
fragment VALUE_PART : ~[ \t\u000B\u000C\r\n"'\\`] | QUOTED_PART ;
VALUES_GAP : B+ -> type(GAP), mode(ASSIGNMENTS) ;
VALUES_NEWLINE : B* '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---------------------------------------------------------------------------------------------------------
// The lines of a here-document, as they stand in the file. The line that is the delimiter becomes HEREDOC_END,
// and after the last of them the next instruction follows.
mode HEREDOC_BODY;

HEREDOC_LINE : ~[\n]* '\n' | ~[\n]+ ;
