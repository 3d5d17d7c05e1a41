"""genkdash: what ten young people tell about Genk, live from one shared sheet."""
