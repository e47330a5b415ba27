/// What earlier builds did, kept to explain why a later one does a step again.
///
/// ```
/// BuildRecord  = finished · dockerfile · StepRecord*          the last build of a project
/// StepRecord   = stage · name · line · text · key · Fate
/// ReadManifest = the entries of everything a step read        by cache key, as a layer index
/// ```
/// Nothing here decides whether a step runs: it may be lost at any time, and then explanations say less.
package dev.jbuild.record;
