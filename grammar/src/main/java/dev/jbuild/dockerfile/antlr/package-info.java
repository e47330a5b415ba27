/// The generated lexers and parsers, what they are derived from, and their input.
///
/// Not exported: the types of ANTLR end here.
package dev.jbuild.dockerfile.antlr;
