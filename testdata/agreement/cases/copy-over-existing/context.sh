mkdir -p new/dir/sub
echo y > new/dir/sub/y
chmod 711 new/dir new/dir/sub
echo link > new/link
echo fifo > new/fifo
ln -s elsewhere new/keep
echo file > file
chmod 640 file
