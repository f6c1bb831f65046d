"""What people make together in a session: tables of decisions, matrices, rounds of questions, wheels."""
