package dev.jbuild.registry;

import dev.jbuild.oci.Excerpt;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which places are asked before a registry itself.
///
/// @param byRegistry registry as in an image reference (`docker.io`) to mirrors in the order in which they are
///     asked
public record RegistryMirrors(Map<String, List<RegistryEndpoint>> byRegistry) {
    /// No mirrors.
    public static final RegistryMirrors NONE = new RegistryMirrors(Map.of());

    public RegistryMirrors {
        byRegistry = Map.copyOf(byRegistry);
    }

    /// {@return the mirrors of options such as `docker.io=http://127.0.0.1:5000/prefix`}
    ///
    /// @param options each one or several, separated by commas; blank ones are left out. Without a scheme a
    ///     mirror is reached over HTTPS.
    /// @throws IllegalArgumentException with a message for the user
    public static RegistryMirrors parse(List<String> options) {
        var mirrors = new LinkedHashMap<String, List<RegistryEndpoint>>();
        for (String option : options) {
            for (String entry : option.split(",", -1)) {
                if (!entry.isBlank()) {
                    add(mirrors, entry.strip());
                }
            }
        }
        mirrors.replaceAll((registry, endpoints) -> List.copyOf(endpoints));
        return new RegistryMirrors(mirrors);
    }

    /// {@return the places to ask, mirrors first, the registry itself last}
    List<RegistryEndpoint> endpoints(String registry) {
        List<RegistryEndpoint> endpoints = new ArrayList<>(byRegistry.getOrDefault(registry, List.of()));
        endpoints.add(RegistryEndpoint.ofRegistry(registry));
        return endpoints;
    }

    private static void add(Map<String, List<RegistryEndpoint>> mirrors, String entry) {
        int equals = entry.indexOf('=');
        String registry = equals < 0 ? "" : entry.substring(0, equals);
        String address = entry.substring(equals + 1);
        if (registry.isEmpty() || address.isEmpty()) {
            throw invalid(entry);
        }
        String withScheme = address.contains("://") ? address : "https://" + address;
        String base = withScheme.endsWith("/") ? withScheme.substring(0, withScheme.length() - 1) : withScheme;
        try {
            var endpoint = new RegistryEndpoint(new URI(base));
            mirrors.computeIfAbsent(registry, name -> new ArrayList<>()).add(endpoint);
        } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
            throw invalid(entry);
        }
    }

    private static IllegalArgumentException invalid(String entry) {
        return new IllegalArgumentException("invalid registry mirror " + Excerpt.quoted(entry)
                + ": write REGISTRY=ADDRESS, such as docker.io=http://127.0.0.1:5000");
    }
}
