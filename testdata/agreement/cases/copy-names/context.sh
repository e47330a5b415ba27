echo 1 > café
echo 2 > 'new
line'
echo 3 > 'tab	and blank'
echo 4 > '!#"$%&()*+,;<=>?@[]^`{|}~'
echo 5 > .hidden
echo 6 > ...
echo 7 > -dash
n=$(printf '%0200d' 0)
mkdir -p "$n/$n"
echo 8 > "$n/$n/$n"
ln -s "$n/$n/$n" long-link
echo 9 > .wh
