echo one > one
echo two > 'two three'
