mkdir -p real/sub ignored
touch real/a real/b.skip ignored/file
ln -s real/a link
ln -s real dirlink
ln -s ignored/file deadlink
printf '*.skip\nreal/b.skip\nignored\nd*dlink\n!dirlink\n' > .dockerignore
