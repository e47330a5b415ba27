package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.Suggestion;
import dev.jbuild.dockerfile.Text;
import dev.jbuild.graph.Confinement;
import dev.jbuild.graph.Confinement.Device;
import dev.jbuild.graph.Confinement.Network;
import dev.jbuild.graph.Confinement.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The flags of RUN that say what its command may reach.
final class Confinements {
    private static final List<String> DEVICE_KEYS = List.of("name", "required");

    private Confinements() {}

    static Confinement of(Instruction.Run run) {
        return new Confinement(network(run.network()), security(run.security()), devices(run.devices()));
    }

    private static Network network(@Nullable Text written) {
        for (Network network : Network.values()) {
            if (written != null && network.keyword().equals(written.value())) {
                return network;
            }
        }
        return Network.DEFAULT;
    }

    private static Security security(@Nullable Text written) {
        for (Security security : Security.values()) {
            if (written != null && security.keyword().equals(written.value())) {
                return security;
            }
        }
        return Security.SANDBOX;
    }

    private static List<Device> devices(List<Text> written) {
        var devices = new ArrayList<Device>();
        for (Text device : written) {
            devices.add(device(device));
        }
        return devices;
    }

    /// `[name=]<name>[,required[=<bool>]]`, where a name itself may hold `=`
    private static Device device(Text written) {
        @Nullable String name = null;
        boolean required = false;
        for (String field : fields(written.value())) {
            int equals = field.indexOf('=');
            String key = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "true" : field.substring(equals + 1);
            if (key.equals("required")) {
                required = required(value, written);
            } else if (key.equals("name") && equals >= 0 && name == null) {
                name = value;
            } else if (name == null) {
                name = field;
            } else {
                throw new PlanException(
                        "invalid-device",
                        written.range(),
                        "unexpected key '" + key + "' in '" + field + "'",
                        Suggestion.of(key, DEVICE_KEYS));
            }
        }
        return new Device(name == null ? "" : name, required);
    }

    private static List<String> fields(String text) {
        var fields = new ArrayList<String>();
        int start = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', start)) {
            fields.add(text.substring(start, comma));
            start = comma + 1;
        }
        fields.add(text.substring(start));
        return fields;
    }

    private static boolean required(String value, Text written) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "1", "t", "true" -> true;
            case "0", "f", "false" -> false;
            default ->
                throw new PlanException(
                        "invalid-device", written.range(), "invalid value for required: " + value, "true or false");
        };
    }
}
