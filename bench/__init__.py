"""How fast is genkdash beside what a user would pick instead? `make bench` measures, each figure within one run."""
