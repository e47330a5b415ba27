touch a
: > .dockerignore
