FROM base
ENV V=path/to/some.tar.gz EMPTY= STAR='a*b*c'
ENV A=to/some.tar.gz B=some.tar.gz C=path/to/some.tar D=path/to/some E=path/t0/some.tar.gz F=path/t0/s0me.tar.gz G=b*c H=/to/some.tar.gz I=path/to/some.tar.gz
ENV J= K=empty L=set M= N=unset O=
ENV P=path/to/some.tar.gz Q=gz R="quoted to/some.tar.gz" S='single ${A}'
