package dev.jbuild.context;

import dev.jbuild.linux.ByteString;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/// Finds of many texts those that a path begins with, in the time that a search for each of its bytes takes.
final class TextIndex {
    private final List<Key> keys;

    /// A text and the line that it stands for.
    record Key(ByteString text, int line) {}

    TextIndex(List<Key> keys) {
        this.keys = keys.stream().sorted(Comparator.comparing(Key::text)).toList();
    }

    /// Hands over the line of each text that a path begins with.
    void find(ByteString path, IntConsumer lines) {
        find(path, 0, lines);
    }

    /// Hands over the line of each text that is anywhere in a path, more than once when the text is.
    void findWithin(ByteString path, IntConsumer lines) {
        for (int start = 0; start < path.length() && !keys.isEmpty(); start++) {
            find(path, start, lines);
        }
    }

    private void find(ByteString path, int start, IntConsumer lines) {
        // All keys from `low` on and before `high` begin with the first `length` bytes of the path; the shortest come
        // first.
        int low = 0;
        int high = keys.size();
        for (int length = 0; low < high; length++) {
            while (low < high && keys.get(low).text().length() == length) {
                lines.accept(keys.get(low).line());
                low++;
            }
            if (start + length == path.length()) {
                return;
            }
            int next = path.byteAt(start + length) & 0xff;
            low = firstFrom(low, high, length, next);
            high = firstFrom(low, high, length, next + 1);
        }
    }

    /// {@return the first key whose byte at `index` is `value` or more}
    private int firstFrom(int from, int to, int index, int value) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if ((keys.get(middle).text().byteAt(index) & 0xff) < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static ByteString reversed(ByteString text) {
        var bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = text.byteAt(bytes.length - 1 - i);
        }
        return ByteString.ofBytes(bytes);
    }
}
