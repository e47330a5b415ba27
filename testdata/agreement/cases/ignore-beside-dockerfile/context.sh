touch own general other
echo general > .dockerignore
