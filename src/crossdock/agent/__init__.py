"""The tools by which a program that reasons uses one connection: the Model Context Protocol.

It speaks to a running Crossdock over its doors, as any caller does, so that keys, limits and disabled writes
hold for it too.
"""
