package dev.jbuild.collect;

import dev.jbuild.linux.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Something in the store that goes as a whole, or stays.
///
/// @param id how it is called on a command line
/// @param parts what is removed, in this order: what names the others comes first
/// @param guards paths of which none may be leased, or needed by a tagged image, when it goes
/// @param bytes what it takes on the disk
/// @param lastUsed within a minute, by the clock of whoever used it
/// @param cost how long it took to make, or about how long it will take
/// @param description for people
/// @param need who needs it
public record StoreItem(
        ItemKind kind,
        String id,
        List<ByteString> parts,
        List<ByteString> guards,
        long bytes,
        Instant lastUsed,
        Duration cost,
        String description,
        Need need) {
    /// Why something stays, or may go.
    ///
    /// @param leased whether a running process relies on it
    /// @param images tagged images that stand on it
    /// @param owners how many records and names lead to it
    public record Need(boolean leased, List<String> images, int owners) {
        /// Needed by nobody.
        static final Need NONE = new Need(false, List.of(), 0);

        public Need {
            images = List.copyOf(images);
        }
    }

    public StoreItem {
        parts = List.copyOf(parts);
        guards = List.copyOf(guards);
    }

    /// {@return whether it may go}
    public boolean isReclaimable() {
        return !need.leased() && need.images().isEmpty() && kind != ItemKind.OTHER && kind != ItemKind.TEMPORARY;
    }

    /// {@return whether nothing leads to it, so no build can use it}
    public boolean isDangling() {
        return need.owners() == 0;
    }

    /// {@return whether more than one name or record leads to it}
    public boolean isShared() {
        return need.owners() + need.images().size() > 1;
    }
}
