/// Why a step ran again.
///
/// ```
/// BuildJournal  = what becomes of the steps of this build, beside the record of the last one
/// Alignment     = step of this build -> step of the last one that it took the place of
/// Comparison    = two steps -> Cause
/// Cause         = command | setting | variable | files | base | parent | ... : one reason, the first that counts
/// FileChanges   = two manifests of what was read -> FileChange*
/// Declarations  = name of a variable, place -> where it got its value
/// ```
/// Nothing here decides what runs; that is the cache's, by key.
package dev.jbuild.explain;
