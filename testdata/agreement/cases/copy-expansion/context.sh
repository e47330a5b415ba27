echo one > one.txt
echo words > 'two words'
echo dollar > '$one'
