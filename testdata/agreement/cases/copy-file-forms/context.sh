echo one > one
chmod 4755 one
touch -d 2001-01-01 one
echo two > two.txt
chmod 600 two.txt
echo blank > 'name with blank'
