mkdir -p real deep etc
echo p > etc/passwd
echo f > real/file
ln -s ../../../../etc up
ln -s /etc deep/absolute
ln -s real through
ln -s through chain
