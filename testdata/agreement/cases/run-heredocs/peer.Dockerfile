FROM base
RUN echo one > /one && echo "two $HOME" > /two
RUN printf 'echo "$1 $0" > /arg\n' | sh -s arg
RUN echo tabs > /tabs && printf '\tinner\n' >> /tabs
RUN printf '%s\n' '$HOME `x` \$' > /quoted
RUN echo "a $HOME" > /first && echo b > /second
RUN echo /dev/pipes/EOF > /program
