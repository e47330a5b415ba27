package dev.jbuild.dockerfile;

import java.util.List;

/// What the grammar sees in a file before any instruction is checked, in the form that BuildKit's parser gives it, so
/// that the two can be compared.
///
/// @param nodes one for each instruction
public record SyntaxTree(List<Node> nodes) {
    public SyntaxTree {
        nodes = List.copyOf(nodes);
    }

    /// One instruction.
    ///
    /// @param keyword as written; empty on a line that only a continuation makes one
    /// @param startLine counted from 1
    /// @param endLine the last line that was taken in: comments and blank lines that follow a continuation, and the
    ///     bodies of here-documents, belong to it
    /// @param original the joined line
    /// @param emptyLine whether blank lines of the file lie inside it
    /// @param flags without quotes; characters that are not ASCII are given as the bytes of their UTF-8
    /// @param json whether the arguments are an array in JSON
    /// @param heredocs bodies included
    /// @param comments the comment lines above; blank lines between do not part them from the instruction, and an
    ///     indented one keeps its `#`
    public record Node(
            String keyword,
            int startLine,
            int endLine,
            String original,
            boolean emptyLine,
            List<String> flags,
            boolean json,
            List<Argument> arguments,
            List<Heredoc> heredocs,
            List<String> comments) {
        public Node {
            flags = List.copyOf(flags);
            arguments = List.copyOf(arguments);
            heredocs = List.copyOf(heredocs);
            comments = List.copyOf(comments);
        }
    }

    /// What follows the flags.
    public sealed interface Argument {}

    /// A piece of text.
    public record Plain(String text) implements Argument {}

    /// The instruction behind ONBUILD.
    public record Trigger(Node node) implements Argument {}
}
