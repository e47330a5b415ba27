echo x > x
tar -P -cf odd.tar --transform 's|x|../../x|' x
