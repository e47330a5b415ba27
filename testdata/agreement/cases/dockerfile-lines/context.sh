printf '\357\273\277# escape=`\r\n\r\n# comment\r\n  FrOm base `\r\n  # inside\r\n\r\n aS x\r\nrun echo one `\r\n two > /x\r\nENV a=b`\r\nc d=`"e` f=g\\h\r\nENV x y `$a\r\n  # end\r\nCOPY dir\\file* /z/\r\nLABEL last=`' > Dockerfile
echo x > dirfile
