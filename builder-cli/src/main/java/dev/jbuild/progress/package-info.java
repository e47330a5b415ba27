/// How a running build looks.
///
/// ```
/// BuildProgress = Step* + View            receives BuildEvents from all threads, one at a time
/// Step          = number, name, LogTail   as much of its output as an error report shows
/// View          = PlainView | LiveView | QuietView
/// ```
///
/// Everything is told by events, so nothing here knows how a build works; what goes where is the terminal's business.
package dev.jbuild.progress;
