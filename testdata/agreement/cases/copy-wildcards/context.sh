mkdir -p d1/sub d2/sub d3
echo one > one.txt; echo two > two.txt; echo star > '*star'; echo xstar > xstar
echo a > d1/a.txt; echo b > d2/b.txt; echo ab > d2/ab.txt
echo s1 > d1/sub/s.txt; echo s2 > d2/sub/t.txt
echo A > A; echo a > abc; echo b > b
chmod 700 d1/sub
