mkdir -p tree/sub tree/lib
echo a > tree/a
chmod 4755 tree/a
ln tree/a tree/hard
ln -s a tree/link
ln -s /outside tree/absolute
mkfifo tree/fifo
mknod tree/null c 1 3
echo b > tree/sub/b
chmod 700 tree/sub
chown 10:20 tree/sub tree/sub/b tree/a
touch -d 2007-07-07 tree/sub/b
tar -C tree -cf plain.tar --exclude=./lib .
tar -C tree -czf gzip.tar.gz a hard link sub
tar -C tree -cjf bzip2.tar.bz2 sub/b
tar -C tree -cJf xz.tar.xz absolute fifo null
cp gzip.tar.gz misnamed.txt
echo no > not-an-archive.tar.gz
echo no | gzip > just.gz
tar -cf empty.tar -T /dev/null
echo one > one
rm -r tree
