FROM base
COPY wanted /e/
