package dev.jbuild.frontend;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which variables may have another value than the one that is known: a base image that nobody has asked for yet may
/// set them, or an instruction that is wrong and was left out. What is wrong with such a value need not be wrong.
final class UnknownValues {
    private final Set<String> names = new HashSet<>();
    private boolean unset;
    private boolean asked;

    UnknownValues copy() {
        var copy = new UnknownValues();
        copy.names.addAll(names);
        copy.unset = unset;
        return copy;
    }

    void add(String name) {
        names.add(name);
    }

    void remove(String name) {
        names.remove(name);
    }

    /// Makes every variable unknown that is not set.
    void addUnset() {
        unset = true;
    }

    boolean holdUnset() {
        return unset;
    }

    /// {@return whether the value of a variable is not to be relied on}
    ///
    /// @param value null when it is not set
    boolean hold(String name, @Nullable String value) {
        return names.contains(name) || (value == null && unset);
    }

    /// Takes a note that a variable was asked for.
    void note(String name, @Nullable String value) {
        asked |= hold(name, value);
    }

    /// {@return whether one of them was asked for since the last [#forget()]}
    boolean wereAsked() {
        return asked;
    }

    void forget() {
        asked = false;
    }
}
