echo one > one
mkdir -p dir/empty private
chmod 750 dir private
echo x > private/x
