FROM alpine
ARG NAME=world
RUN <<EOF
echo one
echo two
EOF
RUN <<EOF
#!/usr/bin/env python3
print("$NAME")
EOF
RUN cat <<A <<-B > /both
a
A
	b
	B
COPY <<EOF <<"RAW" /greetings/
hello $NAME
EOF
hello $NAME
RAW
