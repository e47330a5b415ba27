/// The build checks as commands.
///
/// ```
/// LintRequest = Dockerfile, target, build arguments, Format
/// LintCommand = LintRequest -> Dockerfile -> Findings -> text, JSON or workflow commands
/// ```
///
/// Nothing here knows a rule.
package dev.jbuild.check;
