FROM scratch
MAINTAINER somebody
LABEL a=b
