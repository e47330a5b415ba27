package dev.jbuild.registry;

import dev.jbuild.oci.MalformedImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why each endpoint that was asked failed, to be told in one line.
final class Failures {
    private final String action;
    private final List<String> words = new ArrayList<>();
    private @Nullable ErrorAnswer firstAnswer;
    private boolean networkFailed;
    private boolean retryable;

    Failures(String action) {
        this.action = action;
    }

    void add(ErrorAnswer answer) {
        words.add(answer.words());
        firstAnswer = firstAnswer == null ? answer : firstAnswer;
        retryable |= answer.retryable();
    }

    void add(RegistryEndpoint endpoint, IOException failure) {
        words.add("registry " + endpoint + ": " + failure.getMessage());
        networkFailed = true;
        retryable = true;
    }

    void add(RegistryEndpoint endpoint, MalformedImageException malformed) {
        words.add("registry " + endpoint + ": " + malformed.getMessage());
    }

    RegistryException toException() {
        int status = firstAnswer == null ? 0 : firstAnswer.status();
        return new RegistryException(action, String.join(", ", words) + advice(), status, retryable);
    }

    private String advice() {
        if (firstAnswer != null) {
            return "; " + firstAnswer.advice();
        }
        return networkFailed ? "; check the network, or --registry-mirror" : "";
    }
}
