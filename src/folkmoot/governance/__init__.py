"""How a community elects, from the call for candidates to the seat.

An election is prepared, announced, opened, closed, counted, released and certified (`models.elections`). Its parts have
a module each in every layer: `plan` (days and messages), `officers` (who looks after it, and their keys),
`nominations`, `rolls` (who may vote and stand), `ballots`, `opening`, `results`, `kinds`. What needs no database is in
`domain`: `counting`, `bundles`, `sealed` (ballots that k of n officers open together), `freezing`.
"""
