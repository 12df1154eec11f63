"""A simulated day: people made up from a seed, who take part through the HTTP interface alone.

What they will do is decided purely, in `people` and `plan`; `day` has them do it. Nothing here
knows more of the server than anybody who reads docs/protocol.md.
"""
