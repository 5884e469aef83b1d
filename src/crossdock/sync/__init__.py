"""Reading what vendors have: schedules, runs, and what each run stores."""
