"""People: one Person per human, also before the first sign-in; their zone and preferences; how they sign in."""
