/// The commands that look after the store: `jbuild du` says what it holds, `jbuild prune` removes some of it.
///
/// ```
/// DiskUsageRequest = filters · verbose · format
/// PruneRequest     = Policy texts · format
/// ```
/// It prints what [dev.jbuild.collect] finds and does, and decides nothing itself.
package dev.jbuild.store;
