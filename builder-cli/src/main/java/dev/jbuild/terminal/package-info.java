/// The three standard streams, and what may be sent to a screen.
///
/// ```
/// Terminal       = results (standard output: a loss is an error) + messages (standard error: a loss is nothing)
/// TerminalFilter = bytes of a step -> bytes that can neither move the cursor nor talk to the terminal
/// ```
///
/// Nothing here knows builds or steps.
package dev.jbuild.terminal;
