"""What keeps the service honest at night: safety net, ledger, checks, approvals."""
