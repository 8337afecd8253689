"""The room data report (stuens datarapport): the paper of the team's meeting every eighth week."""
