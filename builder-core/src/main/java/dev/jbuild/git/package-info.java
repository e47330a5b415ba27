/// Trees out of Git repositories: what a reference names, and the commit it names now, as a layer.
///
/// ```
/// GitReference = GitRemote · ref? · subdirectory · checksum? · ...      from text
/// GitRemote    = scheme · user? · host · port? · path
/// GitSource    : GitReference -> GitCommit                              asks the server
///              | GitReference × GitCommit -> GitCheckout                fetches, with submodules
/// GitCheckout  = LayerIndex · FileContents
/// ```
///
/// Servers and repositories are hostile until proven otherwise. No `git` runs, so there is no command line to inject
/// into and no hook, filter or helper to run; only http, https and git are spoken; names, trees and submodules are
/// checked before they are used; everything has a limit ([GitLimits]).
///
/// Nothing here knows what ADD or a build context is. JGit is used by this package alone, and not loaded before a
/// repository is asked for.
///
/// @see <a href="https://git-scm.com/docs/gitprotocol-v2">Git wire protocol, version 2</a>
package dev.jbuild.git;
