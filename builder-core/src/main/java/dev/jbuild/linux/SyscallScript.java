package dev.jbuild.linux;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A list of system calls to be done one after the other by a process that can run no other code.
///
/// It is a value: it can be read, printed and compared before anything happens. The first failure that a call does
/// not tolerate ends the process.
///
/// @param steps in order
public record SyscallScript(List<Step> steps) {
    /// When a call does not simply lead to the next one.
    ///
    /// @param failures that are tolerated
    /// @param anyFailure whether all are
    /// @param success whether a success, too, leads to the skip
    /// @param count how many of the following steps are then left out, may be 0
    public record Skip(Set<Errno> failures, boolean anyFailure, boolean success, int count) {
        static final Skip NEVER = new Skip(Set.of(), false, false, 0);

        @Override
        public String toString() {
            if (this.equals(NEVER)) {
                return "";
            }
            String tolerated = anyFailure ? "any error" : failures.toString();
            String when = success ? "success" : tolerated;
            return "  | " + when + (count == 0 ? " is ignored" : ": skip " + count);
        }
    }

    /// One call.
    ///
    /// @param purpose what the calls around it are for, as the object of "cannot": `mount /proc`
    /// @param skip which failures are no reason to stop, and when following steps are left out
    /// @param result stands for what it returns in later steps
    public record Step(String purpose, Syscall call, List<Argument> arguments, Skip skip, Argument.Result result) {
        private boolean differsOnlyInOneNumber(Step other) {
            if (call != other.call || !skip.equals(other.skip) || arguments.size() != other.arguments.size()) {
                return false;
            }
            int differences = 0;
            for (int i = 0; i < arguments.size(); i++) {
                if (!arguments.get(i).equals(other.arguments.get(i))) {
                    differences += arguments.get(i) instanceof Argument.Value ? 1 : 2;
                }
            }
            return differences == 1;
        }

        /// {@return the call as strace(1) would print it, with names for numbers}
        @Override
        public String toString() {
            var text = new StringBuilder(call.manualName()).append('(');
            for (Argument argument : arguments) {
                text.append(text.charAt(text.length() - 1) == '(' ? "" : ", ").append(argument);
            }
            text.append(')');
            String name = result.toString();
            if (!name.isEmpty()) {
                text.append(" = ").append(name);
            }
            return text.append(skip).toString();
        }
    }

    public SyscallScript {
        steps = List.copyOf(steps);
    }

    public static Builder builder() {
        return new Builder();
    }

    /// {@return this script, then `other`}
    public SyscallScript then(SyscallScript other) {
        var all = new ArrayList<>(steps);
        all.addAll(other.steps);
        return new SyscallScript(all);
    }

    /// {@return one line for each step, under a line for each purpose}; a row of calls that differ only in one number
    /// is told by its first and last one
    @Override
    public String toString() {
        var text = new StringBuilder();
        String purpose = "";
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (!step.purpose.equals(purpose)) {
                purpose = step.purpose;
                text.append("# ").append(purpose).append('\n');
            }
            text.append(step).append('\n');
            int last = i;
            while (last + 1 < steps.size() && step.differsOnlyInOneNumber(steps.get(last + 1))) {
                last++;
            }
            if (last > i + 1) {
                text.append("... (")
                        .append(last - i - 1)
                        .append(" more)\n")
                        .append(steps.get(last))
                        .append('\n');
                i = last;
            }
        }
        return text.toString();
    }

    /// Collects steps. Not for several threads.
    public static final class Builder {
        private final List<Step> steps = new ArrayList<>();
        private String purpose = "";
        private Skip skip = Skip.NEVER;
        private String resultName = "";

        private Builder() {}

        /// Says what the following calls are for.
        public Builder purpose(String text) {
            purpose = text;
            return this;
        }

        /// Names what the next call returns, for printing.
        public Builder named(String name) {
            resultName = name;
            return this;
        }

        /// Lets the script go on when the next call fails in one of these ways.
        ///
        /// @param skip how many steps after that call are then left out
        public Builder tolerating(int skip, Errno first, Errno... more) {
            this.skip = new Skip(EnumSet.of(first, more), false, false, skip);
            return this;
        }

        /// Lets the script go on however the next call fails.
        public Builder toleratingAll(int skip) {
            this.skip = new Skip(Set.of(), true, false, skip);
            return this;
        }

        /// Leaves out the `skip` steps after the next call when it succeeds.
        public Builder skippingAfterSuccess(int skip) {
            this.skip = new Skip(Set.of(), false, true, skip);
            return this;
        }

        /// Adds a call.
        ///
        /// @return what it will return, as an argument of later calls
        public Argument.Result call(Syscall call, Argument... arguments) {
            var result = new Argument.Result(resultName);
            steps.add(new Step(purpose, call, List.of(arguments), skip, result));
            skip = Skip.NEVER;
            resultName = "";
            return result;
        }

        public SyscallScript build() {
            return new SyscallScript(steps);
        }
    }
}
