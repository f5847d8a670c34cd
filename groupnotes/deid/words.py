"""Words that stand in names and are no names by themselves."""

FUNCTION_WORDS = frozenset(
    """
    a about after again all also am an and any are as at be because been before being both but by
    can could did do does doing done down each few for from go goes had has have he her here him
    his how i if in into is it its just less many me more most must my no nor not now of off on
    once one or other our out over own per plus she should so some such than that the their them
    then there these they this those thus to too two under until up us very was we were what when
    where which while who whom whose why with would yes yet you your
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
"""English words that every note is made of. Some are names ("An", "Do", "My"): such a name counts
as one where it is written as one."""

PARTICLES = frozenset(
    """
    abu al ap bin bint da das de del della den der des di dos du e el ibn la las le los mac mc
    san santa st ste ten ter van vande vander ver von y zu zum zur
    """.split()  # noqa: SIM905 - as above
)
"""Parts of a surname that alone point at nobody: "de la Cruz" is found as "Cruz" and as a whole."""

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "esq", "md", "phd"})
