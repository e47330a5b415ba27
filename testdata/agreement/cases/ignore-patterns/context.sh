for d in . a a/b a/b/c keep out/deep .hidden; do
    mkdir -p $d
    for f in one.txt two.md three.log x.tmp '!bang' '#hash' 'with blank' Makefile; do echo "$d/$f" > "$d/$f"; done
done
mkdir -p a/node_modules/m keep/node_modules && touch a/node_modules/m/x keep/node_modules/y
cat > .dockerignore <<'END'
# comment
*.log
**/*.tmp
!a/b/x.tmp
/out
!out/deep/one.txt
a/?/c
**/node_modules
  with blank  
\#hash
 #hash

keep/../keep/two.md
.hidden/*
!.hidden/Make*
[lm]*
!
END
sed -i '$d' .dockerignore
