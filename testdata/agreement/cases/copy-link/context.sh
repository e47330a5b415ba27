mkdir dir
echo a > a
echo b > dir/b
chmod 640 dir/b
touch -d @1000000000 a dir/b dir
