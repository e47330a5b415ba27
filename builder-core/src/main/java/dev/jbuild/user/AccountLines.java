package dev.jbuild.user;

import dev.jbuild.linux.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines of passwd(5) and group(5). Lines that are no accounts (comments, too few fields, ids that are no numbers)
/// are left out: they name nobody.
final class AccountLines {
    private static final ByteString ROOT_DIRECTORY = ByteString.of("/");

    private AccountLines() {}

    record Account(ByteString name, int userId, int groupId, ByteString home) {}

    /// @param members names with commas between them, as written
    record Group(ByteString name, int groupId, ByteString members) {
        boolean has(ByteString user) {
            for (int start = 0; start < members.length(); ) {
                int comma = members.indexOf(',', start);
                int end = comma < 0 ? members.length() : comma;
                if (members.substring(start, end).equals(user)) {
                    return true;
                }
                start = end + 1;
            }
            return false;
        }
    }

    static List<Account> accounts(@Nullable ByteString passwd) {
        var accounts = new ArrayList<Account>();
        for (List<ByteString> fields : lines(passwd)) {
            if (fields.size() < 4) {
                continue;
            }
            Integer userId = Ids.parse(fields.get(2));
            Integer groupId = Ids.parse(fields.get(3));
            if (userId != null && groupId != null) {
                ByteString home = fields.size() > 5 ? fields.get(5) : ByteString.EMPTY;
                accounts.add(new Account(fields.get(0), userId, groupId, home.isEmpty() ? ROOT_DIRECTORY : home));
            }
        }
        return accounts;
    }

    static List<Group> groups(@Nullable ByteString group) {
        var groups = new ArrayList<Group>();
        for (List<ByteString> fields : lines(group)) {
            Integer groupId = fields.size() < 3 ? null : Ids.parse(fields.get(2));
            if (groupId != null) {
                groups.add(new Group(fields.get(0), groupId, fields.size() > 3 ? fields.get(3) : ByteString.EMPTY));
            }
        }
        return groups;
    }

    private static List<List<ByteString>> lines(@Nullable ByteString file) {
        if (file == null) {
            return List.of();
        }
        var lines = new ArrayList<List<ByteString>>();
        for (int start = 0; start < file.length(); ) {
            int newline = file.indexOf('\n', start);
            int end = newline < 0 ? file.length() : newline;
            ByteString line = trim(file, start, end);
            if (!line.isEmpty() && line.byteAt(0) != '#' && line.byteAt(0) != ':') {
                lines.add(fields(line));
            }
            start = end + 1;
        }
        return lines;
    }

    private static ByteString trim(ByteString file, int start, int end) {
        int first = start;
        int last = end;
        while (first < last && isBlank(file.byteAt(first))) {
            first++;
        }
        while (last > first && isBlank(file.byteAt(last - 1))) {
            last--;
        }
        return file.substring(first, last);
    }

    private static boolean isBlank(byte value) {
        return value == ' ' || value == '\t' || value == '\r';
    }

    private static List<ByteString> fields(ByteString line) {
        var fields = new ArrayList<ByteString>();
        for (int start = 0; start <= line.length(); ) {
            int colon = line.indexOf(':', start);
            int end = colon < 0 ? line.length() : colon;
            fields.add(line.substring(start, end));
            start = end + 1;
        }
        return fields;
    }
}
