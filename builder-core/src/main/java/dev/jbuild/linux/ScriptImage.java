package dev.jbuild.linux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list of calls as bytes for the stub: a header, a record for each call, and behind them strings and structures.
///
/// All addresses inside are those for one `base`. The layout is described in `stub-x86_64.s`.
final class ScriptImage {
    /// Size of the header and of each record.
    static final int RECORD = 80;

    /// Where in the header the address of the failed record stands, 0 when none failed.
    static final int FAILED = 24;

    /// Where in a record the result stands.
    static final int RESULT = 56;

    /// What [#place] adds to a string or structure at most: a zero, and up to seven bytes to the next multiple of
    /// eight.
    private static final int MOST_PADDING = 8;

    /// One record.
    ///
    /// @param call null to return from the stub
    /// @param tolerated bit e: errno e leads to the skip; bit 0: every one above 63
    /// @param success which successes lead to the skip: a bit set of [#POSITIVE] and [#ALL]
    record Entry(
            @Nullable Syscall call,
            List<Argument> arguments,
            long tolerated,
            int skipped,
            int success,
            Argument.@Nullable Result result) {
        static final long ANY = -1;
        static final int POSITIVE = 1;
        static final int ALL = 2;

        static final Entry RETURN = new Entry(null, List.of(), 0, 0, 0, null);

        static Entry of(SyscallScript.Step step) {
            SyscallScript.Skip skip = step.skip();
            long tolerated = skip.anyFailure() ? ANY : 0;
            for (Errno errno : skip.failures()) {
                tolerated |= errno.number() > 63 ? 1 : 1L << errno.number();
            }
            return new Entry(
                    step.call(), step.arguments(), tolerated, skip.count(), skip.success() ? ALL : 0, step.result());
        }

        /// {@return a call that may fail without consequence}
        static Entry ignoring(Syscall call, Argument... arguments) {
            return new Entry(call, List.of(arguments), ANY, 0, 0, null);
        }
    }

    private final long base;
    private final IdentityHashMap<Argument, Long> addresses = new IdentityHashMap<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteBuffer records;

    private ScriptImage(long base, int entries) {
        this.base = base;
        this.records = ByteBuffer.allocate(RECORD * (1 + entries)).order(ByteOrder.nativeOrder());
    }

    /// Lays out `entries` for `base`.
    ///
    /// @param handler index of the entry to go on with after a failure
    static ScriptImage of(long base, List<Entry> entries, int handler) {
        var image = new ScriptImage(base, entries.size());
        for (int i = 0; i < entries.size(); i++) {
            Argument.Result result = entries.get(i).result;
            if (result != null) {
                image.addresses.put(result, base + recordOffset(i) + RESULT);
            }
        }
        image.records.putLong(0, base + recordOffset(handler));
        for (int i = 0; i < entries.size(); i++) {
            image.write(recordOffset(i), entries.get(i));
        }
        return image;
    }

    /// {@return a number of bytes that is enough for the image of `entries`, whatever its base}
    static long sizeLimit(List<Entry> entries) {
        long limit = recordOffset(entries.size());
        for (Entry entry : entries) {
            for (Argument argument : entry.arguments) {
                limit += sizeLimit(argument);
            }
        }
        return limit;
    }

    private static long sizeLimit(Argument argument) {
        return switch (argument) {
            case Argument.Value _, Argument.Result _ -> 0;
            case Argument.Text text -> text.value().length() + MOST_PADDING;
            case Argument.Memory memory -> memory.content().length() + MOST_PADDING;
            case Argument.Texts texts -> {
                long limit = 8L + MOST_PADDING;
                for (ByteString value : texts.values()) {
                    limit += 8 + value.length() + MOST_PADDING;
                }
                yield limit;
            }
        };
    }

    /// {@return where the record of entry `index` begins}
    static int recordOffset(int index) {
        return RECORD * (1 + index);
    }

    byte[] bytes() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(records.array());
        all.writeBytes(data.toByteArray());
        return all.toByteArray();
    }

    /// {@return where an argument that is not a number stands, from the start}
    int offsetOf(Argument argument) {
        return (int) (address(argument) - base);
    }

    private void write(int at, Entry entry) {
        records.putLong(at, entry.call == null ? -1 : entry.call.number());
        int indirect = 0;
        for (int i = 0; i < entry.arguments.size(); i++) {
            Argument argument = entry.arguments.get(i);
            indirect |= argument instanceof Argument.Result ? 1 << i : 0;
            records.putLong(at + 8 + 8 * i, address(argument));
        }
        records.putShort(at + 64, (short) entry.skipped);
        records.put(at + 66, (byte) indirect);
        records.put(at + 67, (byte) entry.success);
        records.putLong(at + 72, entry.tolerated);
    }

    private long address(Argument argument) {
        Long known = addresses.get(argument);
        if (known != null) {
            return known;
        }
        long address = switch (argument) {
            case Argument.Value value -> value.value();
            case Argument.Text text -> place(text.value().toBytes(), 1);
            case Argument.Memory memory -> place(memory.content().toBytes(), 0);
            case Argument.Texts texts -> placeAll(texts.values());
            case Argument.Result result ->
                throw new IllegalStateException("'" + result + "' is not a result of this script");
        };
        addresses.put(argument, address);
        return address;
    }

    private long placeAll(List<ByteString> values) {
        var pointers = new ArrayList<Long>();
        for (ByteString value : values) {
            pointers.add(place(value.toBytes(), 1));
        }
        var list = ByteBuffer.allocate(8 * (values.size() + 1)).order(ByteOrder.nativeOrder());
        pointers.forEach(list::putLong);
        return place(list.array(), 0);
    }

    private long place(byte[] content, int zeros) {
        long address = base + records.capacity() + data.size();
        data.writeBytes(content);
        int padding = zeros + (-(data.size() + zeros) & 7);
        data.writeBytes(new byte[padding]);
        return address;
    }
}
