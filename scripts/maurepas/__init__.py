"""The invented sample of Maurepas: its margins, the lives drawn, the weights, what each household claims, and the account of it all."""
