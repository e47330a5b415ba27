/// Works through the graph: every vertex once, inputs first and in parallel, and nothing whose result is known.
///
/// ```
/// Solver.solve : Vertex → Solution
/// Solution     = (Rootfs rootfs, created)
/// Rootfs       = Layer*                    lowest first
/// ```
///
/// How an operation is done is the business of `dev.jbuild.operation`; that a result is known, of `dev.jbuild.cache`.
package dev.jbuild.solver;
