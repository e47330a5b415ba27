/// The command line.
///
/// ```
/// Main         = words -> Arguments.parse -> Command -> exit code
/// Command      = Build(BuildOptions), Debug(View), Help, Version
/// Arguments    = the parser (picocli); Subcommand = the first words; BuildSyntax, DebugSyntax = the options of one
/// BuildCommand = BuildOptions -> (BuildRequest, BuildSettings) -> ImageBuild.run -> result files and standard output
/// ExitCode     = one number per kind of failure
/// ```
///
/// Nothing here knows how a build works: options become values of `dev.jbuild.build`, events are shown by
/// `dev.jbuild.progress`.
package dev.jbuild.cli;
