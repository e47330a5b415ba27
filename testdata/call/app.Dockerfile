# syntax=docker/dockerfile:1
# GO_VERSION  of the compiler
ARG GO_VERSION=1.24
ARG BASE=golang:${GO_VERSION}
ARG UNUSED=1

# deps fetches modules
FROM --platform=$BUILDPLATFORM $BASE AS deps
ARG TARGETARCH
# GOPROXY where modules come from
ARG GOPROXY=https://proxy.golang.org
RUN --mount=type=secret,id=netrc,target=/root/.netrc --mount=type=ssh go mod download

FROM deps AS Test
ARG RACE
RUN go test ./...

# build makes the program
FROM deps AS build
# VERSION that the program tells
ARG VERSION="0.0.1"
ARG GO_VERSION
RUN --mount=type=secret,id=key,required --mount=type=ssh,id=deploy go build

FROM scratch
COPY --from=build /app /app
CMD /app
