echo a > a
tar -cf - a | zstd -q > some.tar.zst
