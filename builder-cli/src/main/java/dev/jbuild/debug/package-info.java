/// Views of what the front end makes of its input, for people who wonder and for tests that compare.
///
/// ```
/// View   = Ast(file, Format) | AstCases(file) | WordCases(file) | IgnoreCases(file)
/// cases  = one JSON object a line -> one JSON object a line
/// ```
///
/// Nothing here decides anything: the grammar, the expansion of words and the patterns are asked, and their answers
/// printed. Builds never load it.
package dev.jbuild.debug;
