mkdir app
echo app > app/file
