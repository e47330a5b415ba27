echo x > secret.txt
echo '*.txt' > .dockerignore
