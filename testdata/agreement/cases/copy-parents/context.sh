mkdir -p a/b x/y wanted
echo c > a/b/c.txt
echo other > a/b/d
echo z > x/y/z
chmod 711 a
touch -d @1000000000 a/b/c.txt a/b a x/y/z x/y
cp -a a x/y wanted
rm wanted/a/b/d
touch -d @1000000000 wanted/a/b
