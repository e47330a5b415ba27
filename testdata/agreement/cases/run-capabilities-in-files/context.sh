echo x > capable
chmod 755 capable
setfattr -n security.capability -v 0x0100000200040000000000000000000000000000 capable
tar --xattrs --xattrs-include='*' -cf capable.tar capable
