package dev.jbuild.user;

/// Who owns a file.
///
/// @param userId unsigned
/// @param groupId unsigned
public record Owner(int userId, int groupId) {
    public static final Owner ROOT = new Owner(0, 0);

    /// {@return `user:group` in numbers}
    @Override
    public String toString() {
        return Integer.toUnsignedString(userId) + ":" + Integer.toUnsignedString(groupId);
    }
}
