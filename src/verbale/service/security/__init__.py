"""Who may do what: people and their passwords, sessions, tokens, rights, and what every answer forbids a browser."""
