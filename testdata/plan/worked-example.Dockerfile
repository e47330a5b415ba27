FROM alpine
ARG V=1
ENV A=b
RUN echo $V
COPY --chown=1:1 a /x/
WORKDIR /w
CMD echo hi
ENTRYPOINT ["/e"]
