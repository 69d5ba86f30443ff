"""What can be asked of a desk and done at it; pages and API alike call these functions and no others."""

from sayso.serve.desk.desks import Desk
from sayso.serve.desk.viewpoints import Viewpoint

__all__ = ["Desk", "Viewpoint"]
