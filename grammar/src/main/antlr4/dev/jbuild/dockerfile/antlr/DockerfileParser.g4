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

dockerfile : directive* line* EOF ;

directive : (SYNTAX | ESCAPE | CHECK) DIRECTIVE_VALUE? NEWLINE ;

line
    : comment
    | instruction
    | NEWLINE
    ;

comment : COMMENT COMMENT_TEXT? NEWLINE ;

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

from : FROM flags (GAP words)? NEWLINE ;
run : RUN flags (GAP command)? NEWLINE heredoc* ;
cmd : CMD flags (GAP command)? NEWLINE ;
entrypoint : ENTRYPOINT flags (GAP command)? NEWLINE ;
shell : SHELL flags (GAP command)? NEWLINE ;
copy : COPY flags (GAP paths)? NEWLINE heredoc* ;
add : ADD flags (GAP paths)? NEWLINE heredoc* ;
volume : VOLUME flags (GAP paths)? NEWLINE ;
expose : EXPOSE flags (GAP words)? NEWLINE ;
env : ENV flags (GAP assignments)? NEWLINE ;
label : LABEL flags (GAP assignments)? NEWLINE ;
arg : ARG flags (GAP declarations)? NEWLINE ;
workdir : WORKDIR flags (GAP TEXT)? NEWLINE ;
user : USER flags (GAP TEXT)? NEWLINE ;
stopsignal : STOPSIGNAL flags (GAP TEXT)? NEWLINE ;
maintainer : MAINTAINER flags (GAP TEXT)? NEWLINE ;
healthcheck : HEALTHCHECK flags (GAP (HEALTH_NONE | HEALTH_CMD | HEALTH_OTHER) (GAP command)?)? NEWLINE ;
onbuild : ONBUILD flags GAP? (instruction | NEWLINE) ;
unknown : UNKNOWN flags (GAP TEXT)? NEWLINE ;

// --name, --name=value
flags : FLAG* FLAGS_END? ;

// The exec form is an array of strings that takes the whole line; anything else is a line for the shell.
command
    : array
    | NOT_STRINGS
    | TEXT
    ;

// The same choice where the other form is a list of words.
paths
    : array
    | NOT_STRINGS
    | words
    ;

words : word (GAP word)* ;
word : WORD | HEREDOC ;

array : LEFT_BRACKET (STRING (COMMA STRING)*)? RIGHT_BRACKET ;

// ENV and LABEL: name=value pairs, or the old form: NAME rest-of-the-line.
assignments
    : PAIR (GAP declaration)*
    | NAME (GAP declaration)*
    ;

// ARG: names, with or without a value.
declarations : declaration (GAP declaration)* ;
declaration : PAIR | NAME ;

// The body of a here-document; each opening word on the line has one, in their order.
heredoc
    : HEREDOC_LINE+ HEREDOC_END?
    | HEREDOC_END
    ;
