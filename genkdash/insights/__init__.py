"""The numbers. Pure: a sheet and a day in, values out."""
