package dev.jbuild.dockerfile.antlr;

/// A line as the lexer sees it: one line of the file, or several joined.
///
/// @param start index of its first character in the joined text
/// @param first offset of the first line of the file that belongs to it
/// @param last offset of the last line of the file that belongs to it, comments and blank lines included
/// @param trailing blanks cut off at its end
/// @param continued whether its first line of the file ends with the escape character
/// @param holdsEmptyLine whether blank lines of the file lie inside it
public record LogicalLine(int start, int first, int last, String trailing, boolean continued, boolean holdsEmptyLine) {}
