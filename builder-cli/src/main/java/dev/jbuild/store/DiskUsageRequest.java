package dev.jbuild.store;

import dev.jbuild.collect.ItemFilter;
import java.util.List;

/// What of the store is to be listed.
///
/// @param verbose whether each item is listed, not only each kind
public record DiskUsageRequest(List<ItemFilter> filters, boolean verbose, ReportFormat format) {
    public DiskUsageRequest {
        filters = List.copyOf(filters);
    }
}
