mkdir -p dir/sub
echo a > dir/a.txt
echo r > dir/r.md
echo b > dir/sub/b
echo c > dir/sub/c
echo d > dir/sub/d.md
touch -d @1000000000 dir/a.txt dir/sub/* dir/sub
cp -a dir wanted
rm wanted/r.md wanted/sub/b
touch -d @1000000000 wanted/sub
