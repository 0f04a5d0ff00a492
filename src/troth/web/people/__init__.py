"""Who people are, as far as they or a colleague said it: answers, notes, consent."""
