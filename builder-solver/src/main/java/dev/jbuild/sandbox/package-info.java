/// Running one step of a build, cut off from the machine.
///
/// ```
/// Sandbox        starts a SandboxSpec, its output to an OutputSink -> RunningStep -> SandboxResult
/// SandboxSpec    = lower directories, upper, work, arguments, environment, working directory, user,
///                  hostname, hosts, resolv.conf, network, binds
/// SandboxResult  = StepStatus
/// StepStatus     = Exited(code) | Killed(signal) | NotStarted(reason)
/// LinuxSandbox   the implementation: SandboxSpec -> ChildScript -> ChildProcess
/// ```
/// It does not know layers, images, users by name or caches. Nothing else in jbuild starts the process of a step.
package dev.jbuild.sandbox;
