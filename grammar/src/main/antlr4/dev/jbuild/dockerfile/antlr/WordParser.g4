/*
 * The parts of a word. The tokens BAD_BRACE, UNCLOSED_SINGLE and UNSUPPORTED have no place here: meeting one
 * is the error that it names.
 */
parser grammar WordParser;

options {
    tokenVocab = WordLexer;
}

word : part* EOF ;

part
    : TEXT
    | MARK
    | ESCAPED
    | SINGLE_QUOTED
    | doubleQuoted
    | VARIABLE
    | braced
    ;

doubleQuoted : DOUBLE_OPEN part* DOUBLE_CLOSE ;

// ${name}, ${name:-word} and the like, ${name#pattern}, ${name%pattern}, ${name/pattern/replacement}
braced : BRACE substitution? CLOSE ;

substitution
    : (DEFAULT | ALTERNATIVE | REQUIRED) operand
    | (PREFIX | SUFFIX) operand
    | REPLACE pattern SLASH operand
    ;

operand : part* ;
pattern : part* ;
