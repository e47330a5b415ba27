package dev.jbuild.user;

import dev.jbuild.linux.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The accounts of an image, from the bytes of its `/etc/passwd` and `/etc/group`.
///
/// Text of digits alone is always a number, never looked up as a name, even where an account has such a name.
public final class UserDatabase {
    private static final ByteString ROOT_DIRECTORY = ByteString.of("/");

    private final boolean hasPasswd;
    private final List<AccountLines.Account> accounts;
    private final List<AccountLines.Group> groups;

    private UserDatabase(boolean hasPasswd, List<AccountLines.Account> accounts, List<AccountLines.Group> groups) {
        this.hasPasswd = hasPasswd;
        this.accounts = List.copyOf(accounts);
        this.groups = List.copyOf(groups);
    }

    /// {@return the accounts in the two files}
    ///
    /// @param passwd null when the image has no such file
    /// @param group null when the image has no such file
    public static UserDatabase parse(@Nullable ByteString passwd, @Nullable ByteString group) {
        return new UserDatabase(passwd != null, AccountLines.accounts(passwd), AccountLines.groups(group));
    }

    /// {@return whether `user[:group]` can be resolved without any database: nothing but numbers}
    public static boolean isNumeric(ByteString text) {
        int colon = text.indexOf(':');
        ByteString user = colon < 0 ? text : text.substring(0, colon);
        ByteString group = colon < 0 ? ByteString.EMPTY : text.substring(colon + 1);
        return Ids.isNumber(user) && (group.isEmpty() || Ids.isNumber(group));
    }

    /// {@return the owner that `--chown=user[:group]` names} Without a group it is that of the account for a name, and
    /// the same number for a number.
    ///
    /// @throws UserException when there is no such user or group
    public Owner resolveOwner(ByteString text) {
        ByteString user = userOf(text);
        ByteString group = groupOf(text);
        if (Ids.isNumber(user)) {
            int userId = Ids.require(user, "user");
            return new Owner(userId, group.isEmpty() ? userId : groupId(group));
        }
        AccountLines.Account account = account(user);
        return new Owner(account.userId(), group.isEmpty() ? account.groupId() : groupId(group));
    }

    /// {@return who `USER user[:group]` is} A number without an account has group 0 and home `/`.
    ///
    /// @throws UserException when there is no such user or group
    public StepUser resolveUser(ByteString text) {
        ByteString user = userOf(text);
        ByteString group = groupOf(text);
        AccountLines.@Nullable Account account = Ids.isNumber(user) ? find(Ids.require(user, "user")) : account(user);
        int userId = account == null ? Ids.require(user, "user") : account.userId();
        ByteString home = account == null ? ROOT_DIRECTORY : account.home();
        if (!group.isEmpty()) {
            int groupId = groupId(group);
            return new StepUser(userId, groupId, List.of(groupId), home);
        }
        int groupId = account == null ? 0 : account.groupId();
        var all = new LinkedHashSet<Integer>();
        all.add(groupId);
        if (account != null) {
            groups.stream().filter(entry -> entry.has(account.name())).forEach(entry -> all.add(entry.groupId()));
        }
        return new StepUser(userId, groupId, new ArrayList<>(all), home);
    }

    private static ByteString userOf(ByteString text) {
        int colon = text.indexOf(':');
        ByteString user = colon < 0 ? text : text.substring(0, colon);
        if (user.isEmpty()) {
            throw new UserException(text.toString(), "no user in '" + text + "', write user or user:group");
        }
        return user;
    }

    /// A colon with nothing behind it says nothing.
    private static ByteString groupOf(ByteString text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return ByteString.EMPTY;
        }
        ByteString group = text.substring(colon + 1);
        if (group.indexOf(':') >= 0) {
            throw new UserException(text.toString(), "more than one ':' in '" + text + "', write user or user:group");
        }
        return group;
    }

    private AccountLines.Account account(ByteString name) {
        for (AccountLines.Account account : accounts) {
            if (account.name().equals(name)) {
                return account;
            }
        }
        String help = hasPasswd
                ? NearNames.suggestion(
                        name, accounts.stream().map(AccountLines.Account::name).toList())
                : " (the image has none; use a number)";
        throw new UserException(
                name.toString(), "unable to find user " + name + ": no matching entries in passwd file" + help);
    }

    private AccountLines.@Nullable Account find(int userId) {
        for (AccountLines.Account account : accounts) {
            if (account.userId() == userId) {
                return account;
            }
        }
        return null;
    }

    private int groupId(ByteString text) {
        if (Ids.isNumber(text)) {
            return Ids.require(text, "group");
        }
        for (AccountLines.Group group : groups) {
            if (group.name().equals(text)) {
                return group.groupId();
            }
        }
        String help = NearNames.suggestion(
                text, groups.stream().map(AccountLines.Group::name).toList());
        throw new UserException(
                text.toString(), "unable to find group " + text + ": no matching entries in group file" + help);
    }
}
