FROM base
COPY wanted /s/
COPY --chmod=751 f /f
