"""
Deck text <-> notes.

    limits        how large anything may be
    problems      every fault by its code, and what collects them
    grammar       lines, fences, headings, attributes
    code_spans, cloze, slugs, sections, front_matter   the parts
    note_parser   lines -> Note; interview_parser for what only an interview note has
    parser        bytes or text -> DeckFile; never raises on content
    faces         Note -> its cards' questions and answers
    writer        DeckFile -> text; slugs written into a file
    lint          DeckFile -> problems of style, by rule
"""
