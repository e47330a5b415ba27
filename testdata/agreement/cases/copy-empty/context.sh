mkdir -m 700 empty
: > zero
