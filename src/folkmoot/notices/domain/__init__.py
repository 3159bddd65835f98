"""Pure rules of telling: when a mail may go, what a digest covers, what an arriving mail is. No Django, no clock."""
