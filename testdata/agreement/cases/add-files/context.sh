echo one > one
mkdir -p dir/sub
echo two > dir/sub/two
