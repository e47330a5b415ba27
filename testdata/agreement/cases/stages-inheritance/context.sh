echo from context > file
