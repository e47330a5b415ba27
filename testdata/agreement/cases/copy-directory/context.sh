mkdir -p tree/sub/empty tree/b
echo f > tree/f
echo g > tree/sub/g
chmod 700 tree/sub
chmod 1777 tree/sub/empty
chmod 2711 tree/b
echo new > tree/b/new
ln -s f tree/link
ln -s /nowhere tree/sub/absolute
touch -d 2003-03-03 tree/b tree/f
