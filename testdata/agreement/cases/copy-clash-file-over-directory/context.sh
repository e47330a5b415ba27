mkdir dir && echo x > dir/b
