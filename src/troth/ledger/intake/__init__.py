"""People's own exports, read as events: chats, tickets, mail, review sheets, arrivals."""
