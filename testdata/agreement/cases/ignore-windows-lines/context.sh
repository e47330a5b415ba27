touch a b c
printf '\357\273\277a\r\n\tb \r\n' > .dockerignore
