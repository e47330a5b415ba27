/// Turns what a build made into something outside the store.
///
/// ```
/// ImageAssembler : ImageDraft × Rootfs × times → AssembledImage       the config, with diff IDs; nothing is compressed
/// Exporter       = OciExporter | TarExporter | LocalExporter
/// ```
///
/// Every output appears whole or not at all: it is written beside its place and moved there.
package dev.jbuild.export;
