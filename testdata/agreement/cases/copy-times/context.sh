mkdir dir
touch -d 1960-01-01 before-epoch
touch -d @0 epoch
touch -d 2100-01-01 future
touch -d '2015-05-05 05:05:05.987654321' fraction
touch -d 1999-09-09 dir/old
ln -s nowhere link
touch -h -d 1998-08-08 link
