mkdir -p t/share/doc t/lib t/private
echo x > t/share/doc/x
echo y > t/lib/y
echo z > t/private/link
tar -C t -cf over.tar lib/y share/doc/x private/link
tar -C t -cf in-link.tar lib
rm -r t
