/// The longer Dockerfiles. None needs a network or more than the base image.
final class Dockerfiles {
    static final String FROM = "FROM debian:bookworm\n";

    private Dockerfiles() {}

    /// Three stages that do something with a part of the context, one that gathers it, and the image: 24 instructions.
    static String fiveStages(String token) {
        var text = new StringBuilder();
        for (String stage : new String[] {"one", "two", "three"}) {
            text.append("FROM debian:bookworm AS ")
                    .append(stage)
                    .append("\nENV TOKEN=")
                    .append(token);
            text.append("\nWORKDIR /src\nCOPY src/part0* ./\n");
            text.append("RUN find . -type f | sort > /list && echo ")
                    .append(stage)
                    .append(" >> /list\n");
        }
        text.append("FROM debian:bookworm AS gathered\n");
        text.append("COPY --from=one /list /one\nCOPY --from=two /list /two\nCOPY --from=three /list /three\n");
        text.append(FROM).append("LABEL token=").append(token).append("\nCOPY src /app/src\n");
        text.append("COPY --from=gathered /one /two /three /app/\nENTRYPOINT [\"cat\"]\n");
        return text.toString();
    }

    /// Steps that each write one file.
    static String runs(String token, int count) {
        var text = new StringBuilder(FROM);
        for (int index = 0; index < count; index++) {
            text.append("RUN echo %s-%d > /f%d%n".formatted(token, index, index));
        }
        return text.toString();
    }

    /// The whole context on a base.
    static String copy(String token) {
        return FROM + "LABEL token=" + token + "\nCOPY . /src/\n";
    }

    /// Stages that each take a second, and an image that has a file of each.
    static String parallel(String token, int count) {
        var text = new StringBuilder();
        for (int index = 0; index < count; index++) {
            text.append("FROM debian:bookworm AS s%d%nRUN echo %s-%d > /f%d && sleep 1%n"
                    .formatted(index, token, index, index));
        }
        text.append("FROM debian:bookworm\n");
        for (int index = 0; index < count; index++) {
            text.append("COPY --from=s%d /f%d /%n".formatted(index, index));
        }
        return text.toString();
    }
}
