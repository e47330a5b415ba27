/// The build checks as commands.
///
/// ```
/// LintRequest = Dockerfile, target, build arguments, LintFormat
/// LintCommand = LintRequest -> Dockerfile -> Findings -> text or JSON as BuildKit's tools print them
/// ```
///
/// Nothing here knows a rule.
package dev.jbuild.check;
