package dev.jbuild.collect;

import dev.jbuild.linux.ByteString;
import java.util.Locale;

/// Something a check found.
///
/// @param path in the state directory
/// @param message what is wrong, and what was done
public record Problem(Severity severity, ByteString path, String message) {
    /// How bad it is.
    public enum Severity {
        /// What a crash, or collecting, leaves behind; it is removed.
        LEFTOVER,
        /// Other bytes than were written; out of the way now, so that they are made again.
        DAMAGE,
        /// A tagged image that cannot be exported before it is built again.
        INCOMPLETE;

        /// {@return the name that is printed}
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
