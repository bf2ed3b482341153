"""The index files: arrays that are read where they lie, in segments that an ordinary Whoosh opens too."""
