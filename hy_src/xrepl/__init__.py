"""The modules through which code works with sessions, in Hy: `xrepl-store`, `xrepl-session-manager` and the others."""
