ln -s nowhere d1
echo x > d2
