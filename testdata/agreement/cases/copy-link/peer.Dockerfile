FROM base
COPY a /new/dir/
COPY --chown=1:2 dir /l
ADD --chmod=600 a /m/n
