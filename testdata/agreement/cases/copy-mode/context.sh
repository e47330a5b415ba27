echo one > one
chmod 600 one
ln -s one link
mkdir -p dir/sub
echo two > dir/sub/two
ln -s two dir/sub/link
