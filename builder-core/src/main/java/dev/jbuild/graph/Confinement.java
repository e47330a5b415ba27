package dev.jbuild.graph;

import java.util.List;

/// What a command may reach beside its files.
///
/// @param devices in the order written
public record Confinement(Network network, Security security, List<Device> devices) {
    /// What a command has when its instruction says nothing.
    public static final Confinement DEFAULT = new Confinement(Network.DEFAULT, Security.SANDBOX, List.of());

    public Confinement {
        devices = List.copyOf(devices);
    }

    /// Which network a command has.
    public enum Network {
        DEFAULT("default"),
        /// Only itself.
        NONE("none"),
        /// That of the machine.
        HOST("host");

        private final String keyword;

        Network(String keyword) {
            this.keyword = keyword;
        }

        /// {@return how it is written}
        public String keyword() {
            return keyword;
        }
    }

    /// How much a command is trusted.
    public enum Security {
        SANDBOX("sandbox"),
        /// As root of the machine.
        INSECURE("insecure");

        private final String keyword;

        Security(String keyword) {
            this.keyword = keyword;
        }

        /// {@return how it is written}
        public String keyword() {
            return keyword;
        }
    }

    /// A device of the machine, by its name in the container device interface.
    ///
    /// @param name `vendor/class=device`, `vendor/class=*` or `vendor/class`
    /// @param required whether the step fails without it
    public record Device(String name, boolean required) {}
}
