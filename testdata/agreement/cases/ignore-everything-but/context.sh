mkdir -p src/sub docs
touch src/a.c src/b.h src/sub/c.c docs/d Dockerfile README.md
cat > .dockerignore <<'END'
*
!src/**/*.c
!README.md
src/a.c
END
