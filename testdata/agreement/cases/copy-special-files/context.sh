mkfifo -m 640 fifo
mknod -m 666 null c 1 3
mknod -m 600 block b 7 200
echo h > hard1
ln hard1 hard2
mkdir d
ln hard1 d/hard4
ln hard1 hard3
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
chmod 777 socket
ln -s dangling-target dangling
ln -s . self
setfattr -n user.mine -v value hard1
setfattr -n security.capability -v 0x0100000200040000000000000000000000000000 hard1
setfattr -n user.dir -v there d
chown 5:6 hard1 d
chmod 2755 d
chmod 1755 null
