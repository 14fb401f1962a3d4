"""gongkai 公开: an open-government platform for a district government."""

__version__ = "0.5.0"
