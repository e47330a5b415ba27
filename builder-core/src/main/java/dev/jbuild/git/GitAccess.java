package dev.jbuild.git;

import dev.jbuild.http.Transport;

/// What fetching needs.
///
/// @param network for http and https; used, not owned
record GitAccess(ScratchSpace space, Transport network, GitLimits limits) {}
