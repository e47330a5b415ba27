package dev.jbuild.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/// How a container engine finds out whether a container works. A Docker extension, written as whole nanoseconds;
/// zero means that the engine's default holds and is not written.
///
/// @param test `["NONE"]`, `["CMD", argument...]` or `["CMD-SHELL", command]`; empty inherits the base's test
public record Healthcheck(
        List<String> test,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries) {
    public Healthcheck {
        test = List.copyOf(test);
    }

    static Healthcheck read(JsonFields fields) {
        Long retries = fields.optionalNumber("Retries", 0, Integer.MAX_VALUE);
        return new Healthcheck(
                fields.strings("Test"),
                duration(fields, "Interval"),
                duration(fields, "Timeout"),
                duration(fields, "StartPeriod"),
                duration(fields, "StartInterval"),
                retries == null ? 0 : retries.intValue());
    }

    ObjectNode toJson() {
        ObjectNode object = OciJson.newObject();
        if (!test.isEmpty()) {
            object.set("Test", OciJson.newArray(test));
        }
        put(object, "Interval", interval);
        put(object, "Timeout", timeout);
        put(object, "StartPeriod", startPeriod);
        put(object, "StartInterval", startInterval);
        if (retries != 0) {
            object.put("Retries", retries);
        }
        return object;
    }

    private static Duration duration(JsonFields fields, String name) {
        Long nanos = fields.optionalNumber(name, 0, Long.MAX_VALUE);
        return nanos == null ? Duration.ZERO : Duration.ofNanos(nanos);
    }

    private static void put(ObjectNode object, String name, Duration duration) {
        if (!duration.isZero()) {
            object.put(name, duration.toNanos());
        }
    }
}
