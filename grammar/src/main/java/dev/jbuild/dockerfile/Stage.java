package dev.jbuild.dockerfile;

import java.util.List;

/// One build stage: a FROM and what follows it up to the next.
///
/// @param instructions without the FROM
public record Stage(Instruction.From from, List<Instruction> instructions) {
    public Stage {
        instructions = List.copyOf(instructions);
    }
}
