package dev.jbuild.build;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// A place the user named that could not be written: `output '/proc/x' cannot be written: ...`.
public final class UnwritableException extends IOException {
    private static final long serialVersionUID = 1;

    /// @param place with its name in quotes
    /// @param failure why
    public UnwritableException(String place, IOException failure) {
        super(place + " cannot be written: " + reason(failure) + "; free its disk or name another place", failure);
    }

    /// Exceptions of the JDK about files say nothing but a name, and those about streams nothing but a reason.
    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + ": no such file or directory";
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileSystemException file when file.getReason() == null -> file.getFile() + " cannot be made";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
