package dev.jbuild.cli;

import org.jspecify.annotations.Nullable;

/// One option that a command understands.
///
/// @param name long form, with its dashes
/// @param letter short form without its dash; null when there is none
record Option(String name, @Nullable Character letter, Kind kind) {
    /// What follows an option.
    enum Kind {
        /// Nothing; `=true` and `=false` are understood.
        FLAG,
        /// One value; a second one takes the place of the first.
        VALUE,
        /// One value each time it is given.
        VALUES
    }

    static Option flag(String name, @Nullable Character letter) {
        return new Option(name, letter, Kind.FLAG);
    }

    static Option value(String name, @Nullable Character letter) {
        return new Option(name, letter, Kind.VALUE);
    }

    static Option values(String name, @Nullable Character letter) {
        return new Option(name, letter, Kind.VALUES);
    }
}
