/// The command line: options, terminal, progress, exit codes.
package dev.jbuild.cli;
