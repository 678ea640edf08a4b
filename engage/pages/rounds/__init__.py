"""Reading rounds: people concerned say line by line what they understand, on screen or on paper."""
