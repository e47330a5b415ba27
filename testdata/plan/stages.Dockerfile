ARG BASE=debian
FROM golang:1.25 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/root/.cache/go-build go build -o /out/app

FROM build AS test
RUN go test ./...

FROM ${BASE} AS assets
RUN make-assets /assets

FROM scratch
COPY --from=build /out/app /
COPY --from=1 /report /
COPY --from=assets /assets /assets
COPY --from=busybox:musl /bin/busybox /bin/
LABEL app="my app" version=1
EXPOSE 8080 53/udp
USER 1000:1000
HEALTHCHECK --interval=5m CMD /app health
ENTRYPOINT ["/app"]
