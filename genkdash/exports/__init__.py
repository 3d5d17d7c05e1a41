"""What may somebody take along? Tables, and the bytes of a file that a spreadsheet opens right."""
