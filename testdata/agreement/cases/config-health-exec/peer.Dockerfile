FROM base
HEALTHCHECK CMD ["/check", "$HOME"]
