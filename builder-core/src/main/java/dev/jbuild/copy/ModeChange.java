package dev.jbuild.copy;

import java.util.ArrayList;
import java.util.List;

/// What `--chmod` does to the mode of each copied file: sets it (`0755`), or changes it (`u=rwX,go=rX`, `+x`).
///
/// @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/chmod.html">chmod: symbolic modes</a>
public final class ModeChange {
    private static final int ALL = 07777;
    private static final int EXECUTE = 0111;

    private final String text;
    private final List<Step> steps;

    /// One assignment.
    ///
    /// @param operator `=`, `+` or `-`
    /// @param who the bits it may touch
    /// @param bits for user, group and others alike
    /// @param searchOnly whether execute is meant for directories, and files that anybody may execute
    /// @param copied `u`, `g` or `o` when the bits are those of that class; else 0
    private record Step(char operator, int who, int bits, boolean searchOnly, char copied) {
        int apply(int mode, boolean directory) {
            int wanted = bits;
            if (searchOnly && (directory || (mode & EXECUTE) != 0)) {
                wanted |= EXECUTE;
            }
            if (copied != 0) {
                wanted |= ((mode >> shift(copied)) & 7) * EXECUTE;
            }
            return switch (operator) {
                case '+' -> mode | (wanted & who);
                case '-' -> mode & ~(wanted & who);
                default -> (mode & ~who) | (wanted & who);
            };
        }

        private static int shift(char copied) {
            return switch (copied) {
                case 'u' -> 6;
                case 'g' -> 3;
                default -> 0;
            };
        }
    }

    private ModeChange(String text, List<Step> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
    }

    /// {@return the change that a text says}
    ///
    /// @throws CopyException when it says none
    public static ModeChange parse(String text) {
        boolean number = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? octal(text) : new ModeChange(text, new Parser(text).steps());
    }

    /// {@return the mode after the change}
    ///
    /// @param mode permission bits
    public int apply(int mode, boolean directory) {
        int changed = mode;
        for (Step step : steps) {
            changed = step.apply(changed, directory);
        }
        return changed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModeChange that && steps.equals(that.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }

    /// {@return the text as written}
    @Override
    public String toString() {
        return text;
    }

    private static ModeChange octal(String text) {
        int mode = 0;
        for (int i = 0; i < text.length(); i++) {
            mode = mode * 8 + text.charAt(i) - '0';
            if (text.charAt(i) > '7' || mode > ALL) {
                throw invalid(text);
            }
        }
        return new ModeChange(text, List.of(new Step('=', ALL, mode, false, (char) 0)));
    }

    private static CopyException invalid(String text) {
        return new CopyException("invalid chmod parameter: '" + text
                + "'. it should be octal string and between 0 and 07777, or a symbolic mode like u=rwX,go=rX");
    }

    /// Reads `clause[,clause...]` with clause = who* (operator permission*)+.
    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        List<Step> steps() {
            var steps = new ArrayList<Step>();
            do {
                int who = who();
                if ("+-=".indexOf(peek()) < 0) {
                    throw invalid(text);
                }
                while ("+-=".indexOf(peek()) >= 0) {
                    steps.add(step(text.charAt(at++), who));
                }
            } while (accept(','));
            if (at < text.length()) {
                throw invalid(text);
            }
            return steps;
        }

        private int who() {
            int who = 0;
            for (; "ugoa".indexOf(peek()) >= 0; at++) {
                who |= switch (peek()) {
                    case 'u' -> 04700;
                    case 'g' -> 02070;
                    case 'o' -> 01007;
                    default -> ALL;
                };
            }
            return who == 0 ? ALL : who;
        }

        private Step step(char operator, int who) {
            int bits = 0;
            boolean searchOnly = false;
            char copied = 0;
            if ("ugo".indexOf(peek()) >= 0) {
                copied = text.charAt(at++);
            }
            for (; copied == 0 && "rwxXst".indexOf(peek()) >= 0; at++) {
                searchOnly |= peek() == 'X';
                bits |= switch (peek()) {
                    case 'r' -> 0444;
                    case 'w' -> 0222;
                    case 'x' -> EXECUTE;
                    case 's' -> 06000;
                    case 't' -> 01000;
                    default -> 0;
                };
            }
            return new Step(operator, who, bits, searchOnly, copied);
        }

        private boolean accept(char wanted) {
            if (peek() == wanted) {
                at++;
                return true;
            }
            return false;
        }

        /// {@return the next character; at the end a line feed, which no mode has}
        private char peek() {
            return at < text.length() ? text.charAt(at) : '\n';
        }
    }
}
