/*
 * The lines of a Dockerfile.
 *
 * Every line is accepted: how many arguments an instruction needs and which flags it has are facts about
 * the instruction, told in its own words when its tree is built. What is in a word (quotes, variables) is
 * the business of the grammar Word.
 */
parser grammar DockerfileParser;

options {
    tokenVocab = DockerfileLexer;
}

dockerfile : (SHEBANG NEWLINE)? directive* line* EOF ;

directive : (SYNTAX | ESCAPE | CHECK) DIRECTIVE_VALUE? NEWLINE ;

line
    : comment
    | instruction
    | NEWLINE
    ;

comment : COMMENT_START COMMENT_TEXT? NEWLINE ;

instruction
    : from
    | run
    | cmd
    | entrypoint
    | shell
    | copy
    | add
    | volume
    | expose
    | env
    | label
    | arg
    | workdir
    | user
    | stopsignal
    | maintainer
    | healthcheck
    | onbuild
    | unknown
    ;

from : FROM flags words NEWLINE ;
run : RUN flags (GAP command)? NEWLINE heredoc* ;
cmd : CMD flags (GAP command)? NEWLINE ;
entrypoint : ENTRYPOINT flags (GAP command)? NEWLINE ;
shell : SHELL flags (GAP command)? NEWLINE ;
copy : COPY flags (GAP paths)? NEWLINE heredoc* ;
add : ADD flags (GAP paths)? NEWLINE heredoc* ;
volume : VOLUME flags (GAP paths)? NEWLINE ;
expose : EXPOSE flags words NEWLINE ;
env : ENV flags (GAP assignments)? NEWLINE ;
label : LABEL flags (GAP assignments)? NEWLINE ;
arg : ARG flags (GAP declaration)* NEWLINE ;
workdir : WORKDIR flags (GAP LINE_TEXT)? NEWLINE ;
user : USER flags (GAP LINE_TEXT)? NEWLINE ;
stopsignal : STOPSIGNAL flags (GAP LINE_TEXT)? NEWLINE ;
maintainer : MAINTAINER flags (GAP LINE_TEXT)? NEWLINE ;
healthcheck : HEALTHCHECK flags (GAP (HEALTH_NONE | HEALTH_CMD | HEALTH_OTHER) (GAP command)?)? NEWLINE ;
onbuild : ONBUILD flags GAP? (instruction | NEWLINE) ;
unknown : UNKNOWN flags (GAP LINE_TEXT)? NEWLINE ;

// --name, --name=value; a value is also seen as the list of options that --mount needs.
flags : flag* FLAGS_END? ;
flag : FLAG (FLAG_ASSIGN flagValue)? ;
flagValue : option (FLAG_COMMA option)* ;
option : piece* (FLAG_ASSIGN optionValue)? ;
optionValue : (piece | FLAG_ASSIGN)* ;
piece : FLAG_TEXT | FLAG_ESCAPED | FLAG_QUOTE ;

// The exec form is an array of strings that takes the whole line; anything else is a line for the shell.
command
    : array
    | shellLine
    ;
shellLine : ~NEWLINE+ ;

// The same choice where the other form is a list of words.
paths
    : array
    | word (GAP word)*
    ;

words : (GAP word)* ;
word : ~(GAP | NEWLINE)+ ;

// https://www.rfc-editor.org/rfc/rfc8259: only arrays of strings have a meaning, the rest is there to say so.
array : LEFT_BRACKET GAP? (element (COMMA GAP? element)*)? RIGHT_BRACKET ;
element : (STRING | SCALAR | array | object) GAP? ;
object : LEFT_BRACE GAP? (member (COMMA GAP? member)*)? RIGHT_BRACE ;
member : STRING GAP? COLON GAP? element ;

// ENV and LABEL: name=value pairs, or the old form NAME rest-of-the-line.
assignments
    : NAME GAP rest
    | NAME
    | pair (GAP declaration)*
    ;
rest : ~NEWLINE+ ;
pair : NAME? ASSIGN VALUE? ;
declaration
    : pair
    | NAME
    ;

heredoc
    : HEREDOC_LINE+ HEREDOC_END?
    | HEREDOC_END
    ;
