FROM base
COPY wanted /p/
