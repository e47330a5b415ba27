mkdir -p dir/file && echo x > dir/file/x
