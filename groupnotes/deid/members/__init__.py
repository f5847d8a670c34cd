"""Find the people of a roster: by name, by initials, and by what belongs to them.

``names`` is where it begins: the words of a text are matched with the names of the index, those of
one person are joined, what may be an ordinary word is weighed by its sentence, and the rest of what
a roster tells (initials, numbers, addresses, birth dates) is looked for beside it.
"""
