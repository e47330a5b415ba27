printf 'from base\nrun echo x > /x\ncopy . /y\n' > dockerfile
