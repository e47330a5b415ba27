package dev.jbuild.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An operating system and processor that an image is for, always in the normal form: `x86_64` is `amd64`,
/// `aarch64` and `arm64/v8` are `arm64`, `armhf` is `arm/v7`, `armel` is `arm/v6`, `arm` is `arm/v7`, `amd64/v1`
/// is `amd64`.
///
/// @param os for example `linux`
/// @param architecture a `GOARCH` value
/// @param variant for example `v7`; null when the architecture has none, or the normal one
/// @param osVersion Windows only
public record Platform(
        String os,
        String architecture,
        @Nullable String variant,
        @Nullable String osVersion) {

    /// The platform of documents that are not images, such as attestations.
    private static final String UNKNOWN = "unknown";

    /// Words that mean a platform alone, as for containerd.
    private static final Set<String> SYSTEMS = Set.of(
            "aix",
            "android",
            "darwin",
            "dragonfly",
            "freebsd",
            "illumos",
            "ios",
            "js",
            "linux",
            "netbsd",
            "openbsd",
            "plan9",
            "solaris",
            "wasip1",
            "windows");

    private static final Set<String> ARCHITECTURES = Set.of(
            "386",
            "amd64",
            "arm",
            "arm64",
            "loong64",
            "mips",
            "mips64",
            "mips64le",
            "mipsle",
            "ppc64",
            "ppc64le",
            "riscv64",
            "s390x",
            "wasm");

    public Platform {
        os = normalOs(os.toLowerCase(Locale.ROOT));
        String name = architecture.toLowerCase(Locale.ROOT);
        String given = variant == null ? "" : variant.toLowerCase(Locale.ROOT);
        architecture = normalArchitecture(name);
        variant = normalVariant(name, given);
        osVersion = osVersion == null || osVersion.isEmpty() ? null : osVersion;
        if (os.isEmpty() || architecture.isEmpty()) {
            throw new IllegalArgumentException("a platform needs an operating system and an architecture");
        }
    }

    /// {@return a platform without variant and version}
    public static Platform of(String os, String architecture) {
        return new Platform(os, architecture, null, null);
    }

    /// {@return the platform written as `os[(version)]/architecture[/variant]`; only `architecture` for Linux, or only
    /// `os` for the architecture of this machine}
    ///
    /// @throws IllegalArgumentException with a message for the user
    public static Platform parse(String text) {
        int end = text.indexOf('/');
        if (end < 0) {
            return parseWord(text);
        }
        String os = text.substring(0, end);
        String version = null;
        int open = os.indexOf('(');
        if (open >= 0 && os.endsWith(")")) {
            version = os.substring(open + 1, os.length() - 1);
            os = os.substring(0, open);
        }
        String rest = text.substring(end + 1);
        int slash = rest.indexOf('/');
        String architecture = slash < 0 ? rest : rest.substring(0, slash);
        String variant = slash < 0 ? null : part(rest.substring(slash + 1), text);
        return new Platform(part(os, text), part(architecture, text), variant, version);
    }

    /// {@return the platform jbuild runs on}
    public static Platform host() {
        return of(System.getProperty("os.name", "linux"), System.getProperty("os.arch", "amd64"));
    }

    /// {@return how well an image of this platform runs where `wanted` is asked for: negative when it does not,
    /// otherwise
    /// more is better}
    ///
    /// An `amd64` image runs where its variant (`v2`, `v3`, `v4`; none is `v1`) is at most the wanted one, an
    /// `arm` image likewise; the best is the nearest. Other variants must be equal.
    public int fitness(Platform wanted) {
        boolean versionFits = wanted.osVersion == null || wanted.osVersion.equals(osVersion);
        if (!os.equals(wanted.os) || !architecture.equals(wanted.architecture) || !versionFits) {
            return -1;
        }
        int level = level(variant);
        int wantedLevel = level(wanted.variant);
        if (level < 0 || wantedLevel < 0) {
            return variant != null && variant.equals(wanted.variant) ? 0 : -1;
        }
        return level <= wantedLevel ? level : -1;
    }

    /// {@return whether it is the `unknown/unknown` of attestations}
    public boolean isUnknown() {
        return os.equals(UNKNOWN) || architecture.equals(UNKNOWN);
    }

    static Platform read(JsonFields fields) {
        String os = fields.string("os");
        String architecture = fields.string("architecture");
        if (os.isEmpty() || architecture.isEmpty()) {
            throw fields.malformed(os.isEmpty() ? "os" : "architecture", "is empty");
        }
        return new Platform(os, architecture, fields.optionalString("variant"), fields.optionalString("os.version"));
    }

    void writeTo(ObjectNode object) {
        object.put("architecture", architecture);
        object.put("os", os);
        if (osVersion != null) {
            object.put("os.version", osVersion);
        }
        if (variant != null) {
            object.put("variant", variant);
        }
    }

    @Override
    public String toString() {
        return os
                + (osVersion == null ? "" : "(" + osVersion + ")")
                + "/"
                + architecture
                + (variant == null ? "" : "/" + variant);
    }

    private static Platform parseWord(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (SYSTEMS.contains(normalOs(word))) {
            return of(word, host().architecture);
        }
        if (!ARCHITECTURES.contains(normalArchitecture(word))) {
            throw invalid(text);
        }
        return new Platform("linux", word, null, null);
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(
                "invalid platform " + Excerpt.quoted(text) + ": write os/architecture[/variant], such as linux/amd64");
    }

    private static String part(String part, String whole) {
        boolean valid = !part.isEmpty()
                && Character.isLetterOrDigit(part.charAt(0))
                && part.chars().allMatch(c -> (c < 128 && Character.isLetterOrDigit(c)) || "_.-".indexOf(c) >= 0);
        if (!valid) {
            throw invalid(whole);
        }
        return part;
    }

    private static String normalOs(String os) {
        return os.equals("macos") ? "darwin" : os;
    }

    private static String normalArchitecture(String architecture) {
        return switch (architecture) {
            case "i386" -> "386";
            case "x86_64", "x86-64" -> "amd64";
            case "aarch64" -> "arm64";
            case "armhf", "armel" -> "arm";
            default -> architecture;
        };
    }

    private static @Nullable String normalVariant(String architecture, String variant) {
        String normal = !variant.isEmpty() && Character.isDigit(variant.charAt(0)) ? "v" + variant : variant;
        return switch (architecture) {
            case "armhf" -> "v7";
            case "armel" -> "v6";
            case "arm" -> normal.isEmpty() ? "v7" : normal;
            case "amd64", "x86_64", "x86-64" -> normal.isEmpty() || normal.equals("v1") ? null : normal;
            case "arm64", "aarch64" -> normal.isEmpty() || normal.equals("v8") ? null : normal;
            default -> normal.isEmpty() ? null : normal;
        };
    }

    /// {@return the number of a variant, 0 for none, -1 when it is not `v` and a digit}
    private static int level(@Nullable String variant) {
        if (variant == null) {
            return 0;
        }
        boolean numbered = variant.length() == 2 && variant.charAt(0) == 'v';
        return numbered ? Character.digit(variant.charAt(1), 10) : -1;
    }
}
