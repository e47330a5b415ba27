package dev.jbuild.layer;

import java.util.List;

/// What was read from a layer tar or an archive.
///
/// @param warnings for the user: what was left out or settled, each once, 100 at most
public record LayerContent(LayerIndex index, List<String> warnings) {
    public LayerContent {
        warnings = List.copyOf(warnings);
    }
}
