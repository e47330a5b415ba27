package dev.jbuild.dockerfile;

import java.util.List;

/// What RUN, CMD, ENTRYPOINT and HEALTHCHECK execute. Nothing in it is expanded by the builder.
public sealed interface Command {

    /// One line for the shell.
    ///
    /// @param line continuation lines joined; empty when nothing is written
    /// @param heredocs in the order of their opening words; only RUN has them
    record Shell(String line, List<Heredoc> heredocs) implements Command {
        public Shell {
            heredocs = List.copyOf(heredocs);
        }

        /// Whether the line is one opening word and nothing else, so that the body itself is the script.
        public boolean isScript() {
            return heredocs.size() == 1 && line.equals(heredocs.getFirst().opening());
        }
    }

    /// A JSON array: the program and its arguments, no shell.
    ///
    /// @param arguments may be empty: `CMD []` clears what the base image says
    record Exec(List<String> arguments) implements Command {
        public Exec {
            arguments = List.copyOf(arguments);
        }
    }
}
