package dev.jbuild.registry;

import java.io.IOException;

/// An endpoint answered, but not with what was asked for; another endpoint may have it.
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorAnswer answer;

    RefusedException(ErrorAnswer answer) {
        super(answer.words());
        this.answer = answer;
    }

    ErrorAnswer answer() {
        return answer;
    }
}
