"""Which door a question belongs to, and what we know about it. PURE: packaged texts only.

``ask`` answers one question from our own articles, or says that a person will; it makes nothing up
and forwards nothing. ``suggest`` gives an agent the articles that fit, with their sources.
"""

from chalicelib.knowledge.asking import Answer, Desk, ask, suggest

__all__ = ["Answer", "Desk", "ask", "suggest"]
