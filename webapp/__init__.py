"""The web page of Biên Bản (`factory.create_app` makes it from a collection) and the command `bienban`.

Nothing is imported here: the command starts without the web's libraries.
"""
