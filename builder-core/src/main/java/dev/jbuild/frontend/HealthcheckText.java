package dev.jbuild.frontend;

import dev.jbuild.dockerfile.Command;
import dev.jbuild.dockerfile.HealthTiming;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.oci.Healthcheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// HEALTHCHECK, from the Dockerfile into the config and into the history.
final class HealthcheckText {
    private HealthcheckText() {}

    static Healthcheck of(Instruction.Healthcheck check) {
        HealthTiming timing = check.timing();
        return new Healthcheck(
                test(check.command()),
                orZero(timing.interval()),
                orZero(timing.timeout()),
                orZero(timing.startPeriod()),
                orZero(timing.startInterval()),
                timing.retries() == null ? 0 : timing.retries());
    }

    static String print(Healthcheck check) {
        return "{Test:" + GoText.plain(check.test())
                + " Interval:" + GoText.duration(check.interval())
                + " Timeout:" + GoText.duration(check.timeout())
                + " StartPeriod:" + GoText.duration(check.startPeriod())
                + " StartInterval:" + GoText.duration(check.startInterval())
                + " Retries:" + check.retries() + "}";
    }

    private static List<String> test(@Nullable Command command) {
        return switch (command) {
            case null -> List.of("NONE");
            case Command.Shell shell -> List.of("CMD-SHELL", shell.line());
            case Command.Exec(List<String> arguments) -> {
                var test = new ArrayList<String>();
                test.add("CMD");
                test.addAll(arguments);
                yield test;
            }
        };
    }

    private static Duration orZero(@Nullable Duration duration) {
        return duration == null ? Duration.ZERO : duration;
    }
}
