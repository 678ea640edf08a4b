"""Who helps around here: people and services, how to reach them, and who checked it when."""
