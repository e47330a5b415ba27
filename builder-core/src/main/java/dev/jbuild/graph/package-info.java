/// A build as a graph of operations over immutable root file systems.
///
/// ```
/// Vertex    = (Operation operation, Vertex? base, label)      base: the root file system it stands on; none means
/// empty
/// Operation = Image(layers)                                   a pulled or local image
///           | Directory(context)                              the files of a directory used as a base
///           | Download(address, checksum?)                    one file behind a URL
///           | GitCheckout(reference)                          the tree of a commit
///           | Run(arguments, environment, directory, user)    a command
///           | Copy(sources, destination, options)             COPY and ADD
///           | Stack(vertex)                                   a linked COPY on top of the base
///           | MakeDirectory(path, user)                       WORKDIR
/// Source    = FromContext | FromVertex(vertex) | OneFile(vertex) | Inline(text)
/// ```
///
/// Every operation takes one root file system and returns it with at most one layer more, so a vertex has one result
/// and
/// an edge is a reference to a vertex. Nothing here runs anything or knows what a Dockerfile is.
package dev.jbuild.graph;
