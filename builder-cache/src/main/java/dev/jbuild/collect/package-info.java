/// What is in the store, what it costs, and what may go.
///
/// ```
/// Inventory        = StoreItem*           everything on disk, looked at once
/// StoreItem        = ItemKind · id · path · bytes · last used · cost to make again · who needs it
/// ItemFilter       = key (= | != | ~=) value
/// Policy           = filters · all · limits   what is to go
/// CollectionPlan   = StoreItem*           in which order, and until when
/// GarbageCollector   does it, while builds run
/// ```
/// It asks no clock whether something is in use (see [dev.jbuild.state.Leases]), knows nothing of steps and registries,
/// and
/// deletes nothing whose kind it does not know.
package dev.jbuild.collect;
