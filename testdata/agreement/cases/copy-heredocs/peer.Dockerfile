FROM base
ENV V=value
RUN mkdir /x && echo hello value > /x/a
RUN mkdir /y && echo '$V' > /y/b && echo second > /y/d
RUN echo tabs > /z && chmod 640 /z && chown 1:2 /z
