/// What happens during a build, as it happens.
///
/// ```
/// BuildEvent = StepStarted(step, name, at) · StepOutput(step, stream, bytes)* · StepFinished(step, outcome, at)
///            | Notice(text) | Warning(summary, details)
/// Outcome    = Done | Cached | Canceled | Failed(message)
/// ```
///
/// Nothing here knows a terminal: how events look is the listener's business.
package dev.jbuild.event;
