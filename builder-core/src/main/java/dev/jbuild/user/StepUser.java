package dev.jbuild.user;

import dev.jbuild.linux.ByteString;
import java.util.List;

/// Who runs a step.
///
/// @param userId unsigned
/// @param groupId unsigned
/// @param groups all groups of the process, the first is `groupId`; only that one when the group was named explicitly
/// @param home where the account lives; `/` when it is unknown
public record StepUser(int userId, int groupId, List<Integer> groups, ByteString home) {
    public StepUser {
        groups = List.copyOf(groups);
    }

    /// {@return who owns what this user makes}
    public Owner owner() {
        return new Owner(userId, groupId);
    }
}
