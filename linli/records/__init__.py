"""records 档案: files once by hash, the documents that name them, and the evidence they are.

Nouns: ``StoredFile`` (bytes, once), ``Document`` (a titled, erasable use of a file), ``Evidence`` (what it proves).
Acts: ``keeping.keep``, ``keeping.open_file``, ``keeping.attach``, ``erasing.erase``, ``erasing.erase_expired``.

A file's type is decided by its content, never by its name. Photos are written anew without position and metadata.
Files with scripts, macros or passwords are refused. The retention date is given by the caller.
"""
