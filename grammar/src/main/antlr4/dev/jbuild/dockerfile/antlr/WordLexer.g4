/*
 * The tokens of a word: text, quotes, escapes, $name and ${name...}.
 *
 * The escape character is a backslash unless the file chose a backquote. The body of a here-document is read
 * with the same rules, but quotes are text in it and fewer characters can be escaped.
 */
lexer grammar WordLexer;

options {
    superClass = EscapingLexer;
}

TEXT : ~[$'"\\`]+ ;
ESCAPED : [\\`] {escapes()}? . ;
SINGLE_QUOTED : '\'' {quotes()}? ~[']* '\'' ;
UNCLOSED_SINGLE : '\'' {quotes()}? ~[']* ;
DOUBLE_OPEN : '"' {quotes()}? -> pushMode(DOUBLE) ;
VARIABLE : '$' NAME ;
BRACE : '${' NAME? -> pushMode(SUBSTITUTION) ;
BAD_BRACE : '${' [{}:] ;
// One of the characters above where it means nothing.
MARK : ['"\\`$] ;

// Empty in ${-word}: the name of a variable that is never set.
fragment NAME : [\p{L}_] [\p{L}\p{Nd}_]* | [\p{Nd}]+ | [@*#?\-$!] ;

// Double quotes: variables are seen, and only three characters can be escaped.
mode DOUBLE;

DOUBLE_TEXT : ~["$\\`]+ -> type(TEXT) ;
DOUBLE_ESCAPED : [\\`] {escapesInQuotes()}? . -> type(ESCAPED) ;
DOUBLE_VARIABLE : '$' NAME -> type(VARIABLE) ;
DOUBLE_BRACE : '${' NAME? -> type(BRACE), pushMode(SUBSTITUTION) ;
DOUBLE_BAD_BRACE : '${' [{}:] -> type(BAD_BRACE) ;
DOUBLE_MARK : [\\`$] -> type(MARK) ;
DOUBLE_CLOSE : '"' -> popMode ;

// After the name in ${name.
mode SUBSTITUTION;

CLOSE : '}' -> popMode ;
DEFAULT : ':'? '-' -> mode(OPERAND) ;
ALTERNATIVE : ':'? '+' -> mode(OPERAND) ;
REQUIRED : ':'? '?' -> mode(OPERAND) ;
PREFIX : '#' '#'? -> mode(OPERAND) ;
SUFFIX : '%' '%'? -> mode(OPERAND) ;
REPLACE : '/' '/'? -> mode(PATTERN) ;
UNSUPPORTED : (':' ~[}]? | .) -> mode(OPERAND) ;

// Up to the slash that ends the pattern of ${name/pattern/replacement}.
mode PATTERN;

SLASH : '/' -> mode(OPERAND) ;
PATTERN_TEXT : ~[/$'"\\`]+ -> type(TEXT) ;
PATTERN_ESCAPED : [\\`] {escapes()}? . -> type(ESCAPED) ;
PATTERN_SINGLE_QUOTED : '\'' {quotes()}? ~[']* '\'' -> type(SINGLE_QUOTED) ;
PATTERN_UNCLOSED_SINGLE : '\'' {quotes()}? ~[']* -> type(UNCLOSED_SINGLE) ;
PATTERN_DOUBLE_OPEN : '"' {quotes()}? -> type(DOUBLE_OPEN), pushMode(DOUBLE) ;
PATTERN_VARIABLE : '$' NAME -> type(VARIABLE) ;
PATTERN_BRACE : '${' NAME? -> type(BRACE), pushMode(SUBSTITUTION) ;
PATTERN_BAD_BRACE : '${' [{}:] -> type(BAD_BRACE) ;
PATTERN_MARK : ['"\\`$] -> type(MARK) ;

// Up to the brace that closes ${name...}.
mode OPERAND;

OPERAND_CLOSE : '}' -> type(CLOSE), popMode ;
OPERAND_TEXT : ~[}$'"\\`]+ -> type(TEXT) ;
OPERAND_ESCAPED : [\\`] {escapes()}? . -> type(ESCAPED) ;
OPERAND_SINGLE_QUOTED : '\'' {quotes()}? ~[']* '\'' -> type(SINGLE_QUOTED) ;
OPERAND_UNCLOSED_SINGLE : '\'' {quotes()}? ~[']* -> type(UNCLOSED_SINGLE) ;
OPERAND_DOUBLE_OPEN : '"' {quotes()}? -> type(DOUBLE_OPEN), pushMode(DOUBLE) ;
OPERAND_VARIABLE : '$' NAME -> type(VARIABLE) ;
OPERAND_BRACE : '${' NAME? -> type(BRACE), pushMode(SUBSTITUTION) ;
OPERAND_BAD_BRACE : '${' [{}:] -> type(BAD_BRACE) ;
OPERAND_MARK : ['"\\`$] -> type(MARK) ;
