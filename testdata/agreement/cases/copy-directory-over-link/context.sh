mkdir -p root/lib
echo x > root/lib/x
