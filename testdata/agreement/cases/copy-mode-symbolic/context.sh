mkdir -p dir/sub
echo x > dir/x
echo y > dir/sub/y
chmod 750 dir/x
chmod 600 dir/sub/y
chmod 700 dir/sub
echo f > f
chmod 644 f
touch -d @1000000000 dir/x dir/sub/y dir/sub f
cp -a dir wanted
chmod 755 wanted/x wanted/sub
chmod 644 wanted/sub/y
