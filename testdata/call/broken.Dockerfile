FROM scratch AS Base
COPY --from=bas a /
COPY --from=9 a /
