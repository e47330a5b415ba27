package dev.jbuild.frontend;

import java.util.Locale;
import java.util.Set;

/// The signals that STOPSIGNAL may name.
final class Signals {
    private static final Set<String> NAMES = Set.of(
            "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE",
            "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU",
            "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ");
    private static final int LAST_REALTIME = 64;
    private static final int REALTIME_RANGE = 30;

    private Signals() {}

    /// {@return whether `text` is a number of a signal, or a name with or without `SIG`, in any case}
    static boolean isKnown(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        String name = upper.startsWith("SIG") ? upper.substring(3) : upper;
        return NAMES.contains(name) || isRealtime(name) || isNumber(text, 1, LAST_REALTIME);
    }

    private static boolean isRealtime(String name) {
        if (name.equals("RTMIN") || name.equals("RTMAX")) {
            return true;
        }
        boolean offset = name.startsWith("RTMIN+") || name.startsWith("RTMAX-");
        return offset && isNumber(name.substring("RTMIN+".length()), 0, REALTIME_RANGE);
    }

    private static boolean isNumber(String text, int least, int most) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most;
    }
}
