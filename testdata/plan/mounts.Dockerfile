FROM debian AS tools
FROM debian
ARG DIR=/work
WORKDIR $DIR
RUN --mount=target=. --mount=type=bind,from=tools,source=/usr/bin,target=/tools,rw \
    --mount=type=tmpfs,target=/tmp,size=64m \
    --mount=type=secret,id=npm,required --mount=type=secret,id=aws,env=AWS \
    --mount=type=ssh \
    --network=none --security=insecure --device=vendor.com/gpu=all,required \
    make
