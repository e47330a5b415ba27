/// Does the operations of the graph: one class for each kind, and what they share.
///
/// ```
/// OperationRunner.reads : Vertex × Inputs → Read*        what enters the key beside the operation
/// OperationRunner.run   : Vertex × Inputs → Layer        on a miss
/// ```
///
/// Nothing here knows keys, records or other vertices.
package dev.jbuild.operation;
