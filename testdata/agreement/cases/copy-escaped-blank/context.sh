echo two > 'two three'
