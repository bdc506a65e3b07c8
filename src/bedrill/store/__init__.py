"""
The only SQL, with `bedrill.schema`: rows <-> model types.

    connection  opening a collection, transactions, errors in words
    copies      copies of the file
    health      what the doctor asks of it
    catalog     decks, settings
    imported    the files that decks come from
    notes       notes, their cards, full text
    cards       a card by name, its state, suspend, bury, flag
    log         reviews, undos, ticks, and the per-day rollup
    gather      what the queue is made of
    course      every card as a goal sees it
    search      Anki's search notation
"""
