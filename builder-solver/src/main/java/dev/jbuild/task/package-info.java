/// Structured concurrency: threads that live inside a block.
///
/// ```
/// TaskGroup = task*        the first failure interrupts the rest
/// Throttle  = permits      for work that is bound by processors
/// ```
///
/// Nothing here knows what the tasks do.
package dev.jbuild.task;
