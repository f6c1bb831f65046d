"""What every page is made of: words, links, places, colours, and the questions asked before text is saved."""
