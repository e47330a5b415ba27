package dev.jbuild.cli;

/// Where the `jbuild` command starts.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {}
}
