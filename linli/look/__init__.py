"""The look: page shells, parts, style sheets, small scripts, template tags and the reader's own choices.

Nouns: ``Reader`` (what one reader chose: elder version, large type, contrast, theme, language), the frames of
``frame.py`` (the plain values a door hands to the page shell). Act: ``reader.choose``. No models. ``specimen.html``
shows every part once.
"""
