echo one > one
