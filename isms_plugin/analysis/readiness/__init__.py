"""What an auditor would raise today: 25 checks, the gates of the classic majors, and the state of every clause and control."""
