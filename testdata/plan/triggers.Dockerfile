FROM alpine AS parent
ONBUILD ARG KIND=child
ONBUILD RUN echo $KIND
ONBUILD COPY --from=parent /etc/os-release /
FROM parent AS child
RUN true
FROM child
