mkdir -p t/sub
echo x > t/sub/x
chown -R 77:78 t
tar -C t -cf some.tar sub
rm -r t
echo one > one
