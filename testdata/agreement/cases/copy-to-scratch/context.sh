echo one > one
mkdir -m 700 dir
echo x > dir/x
