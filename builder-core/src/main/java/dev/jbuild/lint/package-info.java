/// The build checks: what is legal in a Dockerfile and yet probably not meant.
///
/// ```
/// Rule         = one of BuildKit's rules, or one of our own (jbuild/...)
/// Finding      = Rule at SourceRange, with a detail
/// CheckOptions = which rules apply, and whether a finding fails the build
/// Findings     = CheckOptions -> Finding*
/// FileChecks   = Dockerfile -> Findings          BuildKit's rules; OwnChecks: ours
/// ShellCommand = (program, argument*)            as far as it shows without running the script
/// ```
///
/// Rules that need no more than the parsed file are found here. Those that need values of variables or an image's
/// config are found by whoever plans the file, which reports them to the same [dev.jbuild.lint.Findings].
///
/// Nothing here expands a variable, reads a file or knows how findings are printed.
///
/// @see <a href="https://docs.docker.com/reference/build-checks/">Build checks</a>
package dev.jbuild.lint;
