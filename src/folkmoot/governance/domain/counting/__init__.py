"""Counting ballots, so that strangers can check it.

A file becomes `Ballots` (`files`), ballots and `Rules` become a `Result` (`methods.count`): stages and events as
data, from which tables and stories are told (`story`), each stage is checked from the one before (`checking`), and
the same ballots are asked for more (`others`, `vacancies`). Whole numbers all through; the result depends on no
order of ballots or candidates.
"""
