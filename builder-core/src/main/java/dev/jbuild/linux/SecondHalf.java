package dev.jbuild.linux;

import dev.jbuild.linux.ScriptImage.Entry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The half of a [ChildScript] that runs as a program of its own.
///
/// After a failure it writes its header and records to the report pipe, so the Java process learns which call it was.
///
/// ```
/// 0.. confinement, release, execution   write (after a failure)   exit_group
/// ```
final class SecondHalf {
    private final List<SyscallScript.Step> steps;
    private final int numberOfFirst;
    private final int total;
    private final int executionSteps;
    private final List<Entry> entries = new ArrayList<>();

    SecondHalf(ChildScript script, Fd report) {
        Argument reportEnd = Argument.descriptor(report, "report");
        steps = script.secondHalf(reportEnd).steps();
        total = script.size();
        numberOfFirst = 1 + total - steps.size();
        executionSteps = script.execution().steps().size();
        steps.forEach(step -> entries.add(Entry.of(step)));
        Argument records = Argument.number(Stub.PROGRAM_HEADER);
        Argument size = Argument.number(ScriptImage.recordOffset(steps.size()));
        entries.add(Entry.ignoring(Syscall.WRITE, reportEnd, records, size));
        entries.add(Entry.ignoring(Syscall.EXIT_GROUP, Argument.number(127)));
    }

    /// {@return the program; the caller closes it}
    Fd program() throws LinuxException {
        return ElfProgram.write(
                ScriptImage.of(Stub.PROGRAM_HEADER, entries, steps.size()).bytes());
    }

    /// Reads what came through the report pipe: one byte when the process was about to start the step, and the
    /// records when something failed.
    @Nullable
    ScriptException findFailure(byte[] report) {
        int length = ScriptImage.recordOffset(steps.size());
        if (report.length < length) {
            return null;
        }
        var records =
                ByteBuffer.wrap(report, report.length - length, length).slice().order(ByteOrder.nativeOrder());
        long offset = records.getLong(ScriptImage.FAILED) - Stub.PROGRAM_HEADER;
        int failed = (int) (offset / ScriptImage.RECORD) - 1;
        int errno = (int) -records.getLong((int) offset + ScriptImage.RESULT);
        String position = "step " + (numberOfFirst + failed) + " of " + total;
        return new ScriptException(steps.get(failed), position, errno, executionErrors(records, failed));
    }

    private List<Errno> executionErrors(ByteBuffer records, int failed) {
        var errors = new ArrayList<Errno>();
        for (int i = steps.size() - executionSteps; i <= failed; i++) {
            errors.add(Errno.of((int) -records.getLong(ScriptImage.recordOffset(i) + ScriptImage.RESULT)));
        }
        return errors;
    }
}
