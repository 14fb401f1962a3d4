"""The engine on a cluster: OpenSearch, or what speaks its language of version 7.10."""

from gongkai.search.cluster.engine import ClusterEngine

__all__ = ["ClusterEngine"]
