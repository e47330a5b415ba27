/// The command line.
///
/// ```
/// Main         = arguments -> Command -> exit code
/// Command      = BuildCommand, --version, --help
/// BuildCommand = BuildOptions -> (BuildRequest, BuildSettings) -> ImageBuild.run -> result files and standard output
/// ExitCode     = one number per kind of failure
/// ```
///
/// Nothing here knows how a build works: options become values of `dev.jbuild.build`, events are shown by
/// `dev.jbuild.progress`.
package dev.jbuild.cli;
