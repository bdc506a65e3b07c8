"""
Deck text <-> notes.

    limits        how large anything may be
    grammar       lines, fences, headings, attributes
    cloze, slugs, sections, front_matter   the parts
    note_parser   lines -> Note
    parser        bytes or text -> DeckFile; never raises on content
    faces         Note -> its cards' questions and answers
    writer        DeckFile -> text; slugs written into a file
    lint          DeckFile -> problems of style, by rule
"""
