"""The blueprint that every page hangs on."""

from chalice import Blueprint

pages = Blueprint("chalicelib.web.pages")
