printf 'FROM base\nCOPY . /x/\n' > Dockerfile
printf 'Dockerfile\n.dockerignore\n' > .dockerignore
touch other
