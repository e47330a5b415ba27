echo one > one
mkdir -p dir/sub
echo two > dir/sub/two
ln -s two dir/sub/link
chown -R 44:45 dir
